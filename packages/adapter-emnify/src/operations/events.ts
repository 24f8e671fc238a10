import { operation, type Zod } from '@carrierkit/adapter-kit';
import { idDescription, idSchema, page } from './shapes.js';

const eventList = (z: Zod) => ({
  query: {
    page: page(z),
    per_page: z.int().min(1).optional(),
    sort: z.string().min(1).optional(),
    q: z.string().min(1).optional(),
  },
  response: z.array(
    z.object({
      id: idSchema(z),
      timestamp: z.string(),
      alert: z.boolean().nullish(),
      description: z.string().nullish(),
      event_type: idDescription(z),
      event_source: idDescription(z).nullish(),
      event_severity: idDescription(z).nullish(),
      sim: z.object({ id: idSchema(z).nullish(), iccid: z.string().nullish() }).nullish(),
      endpoint: z.object({ id: idSchema(z).nullish(), name: z.string().nullish() }).nullish(),
      user: z.object({ id: idSchema(z).nullish() }).nullish(),
      // Empty in some, missing in others.
      detail: z.unknown().optional(),
    }),
  ),
});

/** An unknown SIM gives an empty list, not an error: no proof that the SIM exists. */
export const listSimEvents = operation({
  method: 'GET',
  path: '/api/v1/sim/{sim_id}/event',
  answer: 'json',
  repeat: 'safe',
  lane: 'event',
  paging: 'numbered',
  schemas: eventList,
});

export const listEndpointEvents = operation({
  method: 'GET',
  path: '/api/v1/endpoint/{endpoint_id}/event',
  answer: 'json',
  repeat: 'safe',
  lane: 'event',
  paging: 'numbered',
  schemas: eventList,
});
