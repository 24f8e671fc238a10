import { operation, type Zod } from '@carrierkit/adapter-kit';
import { recipientsPerCall, textLimit } from '../capabilities.js';

const number = (z: Zod) =>
  z.string().regex(/^(?:\+\d{1,15}|\d{1,15})$/, 'expected up to 15 digits, with or without plus');

/** The vendor counts characters, not the two halves that JavaScript makes of an emoji. */
const text = (z: Zod) =>
  z.string().refine((value) => [...value].length <= textLimit, `expected at most ${textLimit} characters`);

export const sendMessage = operation({
  method: 'POST',
  path: '/sms',
  server: '/enterprise',
  answer: 'json',
  repeat: 'unsafe',
  keyHeader: 'Idempotency-Key',
  lane: 'sms',
  schemas: (z) => ({
    body: z.strictObject({ from: number(z), to: z.array(number(z)).min(1).max(recipientsPerCall), text: text(z) }),
    // An older page calls the id of the whole request `id`.
    response: z.object({ sms_id: z.string().nullish(), id: z.string().nullish() }),
  }),
});
