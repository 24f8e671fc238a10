import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { hasId, idDescription, idSchema, page } from './shapes.js';

const text = (z: Zod) => z.string().nullish();

/** Of a SIM only what is mapped; the whole object is in `raw`. `endpoint` and `activation_date` are absent, not null, where there is none. */
export const simEntry = (z: Zod) =>
  z.object({
    id: idSchema(z),
    iccid: z.string(),
    iccid_with_luhn: text(z),
    eid: text(z),
    imsi: text(z),
    msisdn: text(z),
    status: idDescription(z),
    activation_date: text(z),
    customer_org: z.object({ id: z.int().nullish() }).nullish(),
    endpoint: z
      .object({
        id: idSchema(z),
        name: text(z),
        imei: text(z),
        tags: text(z),
        tariff_profile_id: z.int().nullish(),
      })
      .nullish(),
  });

/** A SIM as the vendor tells it. */
export type SimEntry = z.output<ReturnType<typeof simEntry>>;

export const listSims = operation({
  method: 'GET',
  path: '/api/v1/sim',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim-list',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      page: page(z),
      per_page: z.int().min(1).max(2500).optional(),
      q: z.string().min(1).optional(),
      sort: z.string().min(1).optional(),
    },
    response: z.array(simEntry(z)),
  }),
});

export const listSimStatuses = operation({
  method: 'GET',
  path: '/api/v1/sim/status',
  answer: 'json',
  repeat: 'safe',
  lane: 'other',
  schemas: (z) => ({ response: z.array(idDescription(z)) }),
});

export const getSim = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim',
  schemas: (z) => ({ response: simEntry(z) }),
});

export const updateSim = operation({
  method: 'PATCH',
  path: '/api/v1/sim/{sim_id}',
  answer: 'none',
  repeat: 'unsafe',
  status: 204,
  lane: 'other',
  schemas: (z) => ({
    body: z.strictObject({
      status: z.strictObject({ id: z.int(), description: z.string().optional() }).optional(),
      issuer_org: hasId(z).optional(),
      reseller_org: hasId(z).optional(),
      customer_org: hasId(z).optional(),
    }),
  }),
});

export const deleteSim = operation({
  method: 'DELETE',
  path: '/api/v1/sim/{sim_id}',
  answer: 'none',
  repeat: 'idempotent',
  status: 204,
  lane: 'other',
  schemas: () => ({}),
});
