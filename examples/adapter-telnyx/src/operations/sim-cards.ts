import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { meta, page, text } from './shapes.js';

/** Of a SIM only what is mapped; the whole object is in `raw`. Lists leave out the device (`current_imei`) and the codes. */
export const simCard = (z: Zod) =>
  z.object({
    id: z.string().min(1),
    iccid: z.string(),
    status: z.object({ value: z.string(), reason: text(z) }),
    imsi: text(z),
    msisdn: text(z),
    eid: text(z),
    tags: z.array(z.string()).nullish(),
    current_imei: text(z),
    pin_puk_codes: z.object({ pin1: text(z), pin2: text(z), puk1: text(z), puk2: text(z) }).nullish(),
  });

/** A SIM as the vendor tells it. */
export type SimCard = z.output<ReturnType<typeof simCard>>;

export const GetSimCards = operation({
  method: 'GET',
  server: '/v2',
  path: '/sim_cards',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...page(z, 250),
      'filter[iccid]': z.string().min(1).optional(),
      'filter[msisdn]': z.string().min(1).optional(),
      'filter[status]': z.string().min(1).optional(),
      'filter[tags]': z.string().min(1).optional(),
      'filter[sim_card_group_id]': z.string().min(1).optional(),
      include_sim_card_group: z.boolean().optional(),
      sort: z
        .enum(['current_billing_period_consumed_data.amount', '-current_billing_period_consumed_data.amount'])
        .optional(),
    },
    response: z.object({ data: z.array(simCard(z)), meta: meta(z).nullish() }),
  }),
});

export const GetSimCard = operation({
  method: 'GET',
  server: '/v2',
  path: '/sim_cards/{id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: (z) => ({
    query: { include_sim_card_group: z.boolean().optional(), include_pin_puk_codes: z.boolean().optional() },
    response: z.object({ data: simCard(z) }),
  }),
});

/** Setting the same values twice is setting them once. */
export const UpdateSimCard = operation({
  method: 'PATCH',
  server: '/v2',
  path: '/sim_cards/{id}',
  answer: 'json',
  repeat: 'idempotent',
  lane: 'account',
  schemas: (z) => ({
    body: z.strictObject({
      tags: z.array(z.string()).optional(),
      sim_card_group_id: z.string().optional(),
      authorized_imeis: z.array(z.string()).nullable().optional(),
      data_limit: z.strictObject({ amount: z.string(), unit: z.enum(['MB', 'GB']) }).optional(),
    }),
    response: z.object({ data: simCard(z) }),
  }),
});

/** Ends the SIM for good. A second call finds nothing to delete. */
export const DeleteSimCard = operation({
  method: 'DELETE',
  server: '/v2',
  path: '/sim_cards/{id}',
  answer: 'none',
  repeat: 'idempotent',
  status: 200,
  lane: 'account',
  schemas: (z) => ({ query: { report_lost: z.boolean().optional() } }),
});
