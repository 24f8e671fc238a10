import { operation, type Zod } from '@carrierkit/adapter-kit';
import { hasId, idDescription, idSchema, page } from './shapes.js';

const text = (z: Zod) => z.string().nullish();
const endpoint = (z: Zod) =>
  z.object({
    id: idSchema(z),
    name: text(z),
    tags: text(z),
    /** 0 Enabled, 1 Disabled, 2 Deleted: here 1 means the opposite of a SIM's 1. */
    status: idDescription(z),
    service_profile: z.object({ id: z.int(), name: text(z) }).nullish(),
    tariff_profile: z.object({ id: z.int(), name: text(z) }).nullish(),
    sim: z.object({ id: idSchema(z), iccid: text(z), status: idDescription(z).nullish() }).nullish(),
    imei: text(z),
    ip_address: text(z),
  });

const status = (z: Zod) => z.strictObject({ id: z.int(), description: z.string().optional() });
const settable = (z: Zod) => ({
  name: z.string().optional(),
  tags: z.string().optional(),
  imei: z.string().optional(),
  imei_lock: z.boolean().optional(),
  ip_address: z.string().optional(),
  ip_address_space: hasId(z).optional(),
});

export const listEndpoints = operation({
  method: 'GET',
  path: '/api/v1/endpoint',
  answer: 'json',
  repeat: 'safe',
  lane: 'endpoint-list',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      page: page(z),
      per_page: z.int().min(1).max(1000).optional(),
      q: z.string().min(1).optional(),
      sort: z.string().min(1).optional(),
    },
    response: z.array(endpoint(z)),
  }),
});

/** Answered with an empty body and the id in `Location`, in newer documentation with the endpoint as JSON: the id is in `Location` either way. */
export const createEndpoint = operation({
  method: 'POST',
  path: '/api/v1/endpoint',
  answer: 'none',
  repeat: 'unsafe',
  status: 201,
  lane: 'other',
  schemas: (z) => ({
    body: z.strictObject({
      ...settable(z),
      status: status(z),
      service_profile: hasId(z),
      tariff_profile: hasId(z),
      /** Send `activate` always: its default differs between releases. */
      sim: z.strictObject({ id: z.int(), activate: z.boolean().optional(), status: status(z).optional() }).optional(),
      organisation: hasId(z).optional(),
    }),
  }),
});

export const getEndpoint = operation({
  method: 'GET',
  path: '/api/v1/endpoint/{endpoint_id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'endpoint',
  schemas: (z) => ({ response: endpoint(z) }),
});

/** `sim: { id }` assigns, `sim: { id: null }` releases. */
export const updateEndpoint = operation({
  method: 'PATCH',
  path: '/api/v1/endpoint/{endpoint_id}',
  answer: 'none',
  repeat: 'unsafe',
  status: 204,
  lane: 'other',
  schemas: (z) => ({
    body: z.strictObject({
      ...settable(z),
      status: status(z).optional(),
      service_profile: hasId(z).optional(),
      tariff_profile: hasId(z).optional(),
      sim: z.strictObject({ id: z.int().nullable().optional(), status: status(z).optional() }).optional(),
    }),
  }),
});

export const deleteEndpoint = operation({
  method: 'DELETE',
  path: '/api/v1/endpoint/{endpoint_id}',
  answer: 'none',
  repeat: 'idempotent',
  status: 204,
  lane: 'other',
  schemas: () => ({}),
});
