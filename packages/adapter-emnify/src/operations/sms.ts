import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { figure, idDescription, idSchema } from './shapes.js';

const text = (z: Zod) => z.string().nullish();

/** Judge by `status.id` only: `delivery_date` is set for expired and cancelled SMS too, and `dlr_status_id` says something else. */
const sms = (z: Zod) =>
  z.object({
    id: idSchema(z),
    status: idDescription(z),
    sms_type: idDescription(z).nullish(),
    submit_date: text(z),
    iccid: text(z),
    msisdn: text(z),
    endpoint_id: figure(z).nullish(),
    source_address: text(z),
    payload: text(z),
  });

/** An SMS as the vendor tells it. */
export type SmsEntry = z.output<ReturnType<typeof sms>>;

/** The whole list at once, newest first, without paging. */
export const listEndpointSms = operation({
  method: 'GET',
  path: '/api/v1/endpoint/{endpoint_id}/sms',
  answer: 'json',
  repeat: 'safe',
  lane: 'other',
  schemas: (z) => ({ response: z.array(sms(z)) }),
});

/** 201 with an empty text/html body; the id is the last part of `Location`. There is no idempotency key: repeated, it is sent twice. */
export const sendEndpointSms = operation({
  method: 'POST',
  path: '/api/v1/endpoint/{endpoint_id}/sms',
  answer: 'none',
  repeat: 'unsafe',
  status: 201,
  lane: 'other',
  schemas: (z) => ({
    body: z.strictObject({
      payload: z.string().min(1),
      source_address: z.string().optional(),
      source_address_type: z.strictObject({ id: z.int(), description: z.string().optional() }).optional(),
      dest_address: z.string().optional(),
      udh: z
        .string()
        .regex(/^([0-9A-Fa-f]{2})*$/)
        .optional(),
      dcs: z.int().optional(),
      expiry_date: z.string().optional(),
    }),
  }),
});

export const getEndpointSms = operation({
  method: 'GET',
  path: '/api/v1/endpoint/{endpoint_id}/sms/{sms_id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'other',
  schemas: (z) => ({ response: sms(z) }),
});

export const cancelEndpointSms = operation({
  method: 'DELETE',
  path: '/api/v1/endpoint/{endpoint_id}/sms/{sms_id}',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'other',
  schemas: () => ({}),
});
