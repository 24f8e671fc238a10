import { operation } from '@carrierkit/adapter-kit';
import { figure, idSchema } from './shapes.js';

/** Its `status` is that of the batch, with ids nobody has published. */
export const validateSimBatchByBic = operation({
  method: 'GET',
  path: '/api/v1/sim_batch/bic/{bic}',
  answer: 'json',
  repeat: 'safe',
  lane: 'other',
  schemas: (z) => ({
    response: z.object({ id: idSchema(z).nullish(), bic: z.string().nullish(), quantity: figure(z).nullish() }),
  }),
});

/** Typed as SIMs on paper; really answered are id and ICCID only. A second registration is refused. */
export const registerSimBatchByBic = operation({
  method: 'PATCH',
  path: '/api/v1/sim_batch/bic/{bic}',
  answer: 'json',
  repeat: 'unsafe',
  lane: 'other',
  schemas: (z) => ({
    body: z.strictObject({
      sim_status: z.strictObject({ id: z.int(), description: z.string().optional() }).optional(),
    }),
    response: z.object({ sim: z.array(z.object({ id: idSchema(z), iccid: z.string() })).nullish() }),
  }),
});
