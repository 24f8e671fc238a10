import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { dateBound, iccids, keyHeader, ordering, ownKey, paging, text } from './shapes.js';

const report = (z: Zod) =>
  z.object({
    /** A zero-padded number as text: eight digits in lists, seven in URLs. */
    id: z.union([z.string(), z.number()]),
    dateSubmitted: text(z),
    content: text(z),
    deliveryReport: z.array(z.object({ iccid: text(z), deliveryStatus: text(z) })).nullish(),
  });

/** A message and what became of it at each SIM. */
export type SmsReport = z.output<ReturnType<typeof report>>;

/** Declared non-atomic: some SIMs may be served although the call is refused. */
export const sendSms = operation({
  method: 'POST',
  path: '/api/v2.0/sims/send_sms/',
  answer: 'json',
  repeat: 'keyed',
  keyHeader,
  lane: 'account',
  schemas: (z) => ({
    headers: ownKey(z),
    body: z.strictObject({ iccid: iccids(z), text: z.string().min(1) }),
    response: z.object({ detail: text(z), resourceURL: text(z) }).nullish(),
  }),
});

/** Holds messages that devices sent, too; nothing tells the direction. */
export const listSmsDeliveryReports = operation({
  method: 'GET',
  path: '/api/v2.0/sims/send_sms/status/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...paging(z),
      ordering: ordering(z),
      id: z.string().min(1).optional(),
      dateSubmitted: z.string().min(1).optional(),
      content: z.string().min(1).optional(),
      dateSubmitted_from: dateBound(z),
      dateSubmitted_to: dateBound(z),
      iccid: z.string().min(1).optional(),
      deliveryStatus: z.string().min(1).optional(),
      /** The vendor's other name for `ordering`. */
      o: z.literal('-id').optional(),
    },
    response: z.array(report(z)),
  }),
});

export const getSmsDeliveryReport = operation({
  method: 'GET',
  path: '/api/v2.0/sims/send_sms/status/{id}/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: (z) => ({ response: report(z) }),
});
