import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { hasId, idDescription, idSchema, page } from './shapes.js';

const text = z.string().nullish();

/** Of a SIM only what is mapped; the whole object is in `raw`. `endpoint` and `activation_date` are absent, not null, where there is none. */
export const simEntry = z.object({
  id: idSchema,
  iccid: z.string(),
  iccid_with_luhn: text,
  eid: text,
  imsi: text,
  msisdn: text,
  status: idDescription,
  activation_date: text,
  customer_org: z.object({ id: z.int().nullish() }).nullish(),
  endpoint: z
    .object({
      id: idSchema,
      name: text,
      imei: text,
      tags: text,
      tariff_profile_id: z.int().nullish(),
    })
    .nullish(),
});

/** A SIM as the vendor tells it. */
export type SimEntry = z.output<typeof simEntry>;

export const listSims = operation({
  method: 'GET',
  path: '/api/v1/sim',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim-list',
  paging: 'numbered',
  schemas: () => ({
    query: {
      page,
      per_page: z.int().min(1).max(2500).optional(),
      q: z.string().min(1).optional(),
      sort: z.string().min(1).optional(),
    },
    response: z.array(simEntry),
  }),
});

export const listSimStatuses = operation({
  method: 'GET',
  path: '/api/v1/sim/status',
  answer: 'json',
  repeat: 'safe',
  lane: 'other',
  schemas: () => ({ response: z.array(idDescription) }),
});

export const getSim = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'sim',
  schemas: () => ({ response: simEntry }),
});

export const updateSim = operation({
  method: 'PATCH',
  path: '/api/v1/sim/{sim_id}',
  answer: 'none',
  repeat: 'unsafe',
  status: 204,
  lane: 'other',
  schemas: () => ({
    body: z.strictObject({
      status: z.strictObject({ id: z.int(), description: z.string().optional() }).optional(),
      issuer_org: hasId.optional(),
      reseller_org: hasId.optional(),
      customer_org: hasId.optional(),
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
