import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { figure, meta, page, text } from './shapes.js';

/** One data session (record type `sim_card_usage`). It names the SIM by the vendor's id, not by its ICCID. */
const simCardUsage = (z: Zod) =>
  z.object({
    id: z.string().min(1),
    created_at: z.string(),
    closed_at: text(z),
    sim_card_id: text(z),
    phone_number: text(z),
    uplink_data: figure(z),
    downlink_data: figure(z),
    data_unit: text(z),
    data_cost: figure(z),
    currency: text(z),
    mcc: text(z),
    mnc: text(z),
  });

/** A session as the vendor tells it. */
export type SimCardUsage = z.output<ReturnType<typeof simCardUsage>>;

export const SearchDetailRecords = operation({
  method: 'GET',
  server: '/v2',
  path: '/detail_records',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...page(z, 50),
      'filter[record_type]': z.literal('sim_card_usage'),
      'filter[created_at][gte]': z.string().optional(),
      'filter[created_at][lt]': z.string().optional(),
      'filter[sim_card_id]': z.string().min(1).optional(),
      sort: z.string().min(1).optional(),
    },
    response: z.object({ data: z.array(simCardUsage(z)), meta: meta(z).nullish() }),
  }),
});
