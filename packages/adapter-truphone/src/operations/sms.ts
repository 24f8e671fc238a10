import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { dateBound, iccids, keyHeader, ordering, ownKey, paging, text } from './shapes.js';

const report = z.object({
  /** A zero-padded number as text: eight digits in lists, seven in URLs. */
  id: z.union([z.string(), z.number()]),
  dateSubmitted: text,
  content: text,
  deliveryReport: z.array(z.object({ iccid: text, deliveryStatus: text })).nullish(),
});

/** A message and what became of it at each SIM. */
export type SmsReport = z.output<typeof report>;

/** Declared non-atomic: some SIMs may be served although the call is refused. */
export const sendSms = operation({
  method: 'POST',
  path: '/api/v2.0/sims/send_sms/',
  answer: 'json',
  repeat: 'keyed',
  keyHeader,
  lane: 'account',
  schemas: () => ({
    headers: ownKey,
    body: z.strictObject({ iccid: iccids, text: z.string().min(1) }),
    response: z.object({ detail: text, resourceURL: text }).nullish(),
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
  schemas: () => ({
    query: {
      ...paging,
      ordering,
      id: z.string().min(1).optional(),
      dateSubmitted: z.string().min(1).optional(),
      content: z.string().min(1).optional(),
      dateSubmitted_from: dateBound,
      dateSubmitted_to: dateBound,
      iccid: z.string().min(1).optional(),
      deliveryStatus: z.string().min(1).optional(),
      /** The vendor's other name for `ordering`. */
      o: z.literal('-id').optional(),
    },
    response: z.array(report),
  }),
});

export const getSmsDeliveryReport = operation({
  method: 'GET',
  path: '/api/v2.0/sims/send_sms/status/{id}/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: () => ({ response: report }),
});
