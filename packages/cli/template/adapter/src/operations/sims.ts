import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';

// REPLACE: of a SIM what you map, in the vendor's spelling; the whole object arrives in `raw`. `nullish` for all that may be missing.
const sim = (z: Zod) =>
  z.object({
    id: z.string().min(1),
    iccid: z.string(),
    status: z.string(),
    imsi: z.string().nullish(),
    msisdn: z.string().nullish(),
  });

/** A SIM as the vendor tells it. */
export type SimEntry = z.output<ReturnType<typeof sim>>;

// REPLACE: one declaration for each vendor operation, named by the operationId of its description.
export const listSims = operation({
  method: 'GET',
  path: '/v1/sims',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      page: z.int().min(1).optional(),
      per_page: z.int().min(1).max(100).optional(),
      iccid: z.string().min(1).optional(),
    },
    response: z.object({ sims: z.array(sim(z)), total: z.int() }),
  }),
});

export const getSim = operation({
  method: 'GET',
  path: '/v1/sims/{sim_id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: (z) => ({ response: sim(z) }),
});

/** Setting a status twice is setting it once; where that is not certain, it is `unsafe`, and a lost answer has to be looked for. */
export const setSimStatus = operation({
  method: 'PUT',
  path: '/v1/sims/{sim_id}/status',
  answer: 'none',
  repeat: 'idempotent',
  status: 204,
  lane: 'account',
  schemas: (z) => ({ body: z.strictObject({ status: z.enum(['enabled', 'paused']) }) }),
});
