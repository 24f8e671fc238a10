import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { idDescription, idSchema, page } from './shapes.js';

const eventList = () => ({
  query: {
    page,
    per_page: z.int().min(1).optional(),
    sort: z.string().min(1).optional(),
    q: z.string().min(1).optional(),
  },
  response: z.array(
    z.object({
      id: idSchema,
      timestamp: z.string(),
      alert: z.boolean().nullish(),
      description: z.string().nullish(),
      event_type: idDescription,
      event_source: idDescription.nullish(),
      event_severity: idDescription.nullish(),
      sim: z.object({ id: idSchema.nullish(), iccid: z.string().nullish() }).nullish(),
      endpoint: z.object({ id: idSchema.nullish(), name: z.string().nullish() }).nullish(),
      user: z.object({ id: idSchema.nullish() }).nullish(),
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
