import { operation, type Zod } from '@carrierkit/adapter-kit';
import { iccids, keyHeader, ownKey } from './shapes.js';

/** What a caller may ask for; `PRE-ACTIVE` and `PRE_ACTIVE` both stand in the vendor's text. */
export const settableStates = [
  'TEST',
  'PROVISIONED',
  'PRE-ACTIVE',
  'PRE_ACTIVE',
  'ACTIVE',
  'SUSPENDED',
  'RETIRED',
] as const;
export type SettableWord = (typeof settableStates)[number];

const serviceState = (z: Zod) => z.enum(['ACTIVE', 'SUSPENDED']);

/** 200 with a text or 202 without a body: either way the network does it later. Whether a refused call did a part is not told. */
export const changeSimCardStatus = operation({
  method: 'POST',
  path: '/api/v2.0/sims/change_status/',
  answer: 'none',
  repeat: 'keyed',
  keyHeader,
  lane: 'account',
  schemas: (z) => ({ headers: ownKey(z), body: z.strictObject({ iccid: iccids(z), status: z.enum(settableStates) }) }),
});

export const changeDataStatus = operation({
  method: 'POST',
  path: '/api/v2.0/sims/change_data_status/',
  answer: 'none',
  repeat: 'keyed',
  keyHeader,
  lane: 'account',
  schemas: (z) => ({ headers: ownKey(z), body: z.strictObject({ iccid: iccids(z), status: serviceState(z) }) }),
});

export const changeSmsService = operation({
  method: 'POST',
  path: '/api/v2.2/sims/change_sms_service/',
  answer: 'none',
  repeat: 'keyed',
  keyHeader,
  lane: 'account',
  schemas: (z) => ({
    headers: ownKey(z),
    body: z.strictObject({ iccid: iccids(z), sms_service: z.enum(['MO', 'MT']), status: serviceState(z) }),
  }),
});
