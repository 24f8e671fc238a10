import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { hasId, idDescription, idSchema, page } from './shapes.js';

const text = z.string().nullish();
const endpoint = z.object({
  id: idSchema,
  name: text,
  tags: text,
  /** 0 Enabled, 1 Disabled, 2 Deleted: here 1 means the opposite of a SIM's 1. */
  status: idDescription,
  service_profile: z.object({ id: z.int(), name: text }).nullish(),
  tariff_profile: z.object({ id: z.int(), name: text }).nullish(),
  sim: z.object({ id: idSchema, iccid: text, status: idDescription.nullish() }).nullish(),
  imei: text,
  ip_address: text,
});

const status = z.strictObject({ id: z.int(), description: z.string().optional() });
const settable = {
  name: z.string().optional(),
  tags: z.string().optional(),
  imei: z.string().optional(),
  imei_lock: z.boolean().optional(),
  ip_address: z.string().optional(),
  ip_address_space: hasId.optional(),
};

export const listEndpoints = operation({
  method: 'GET',
  path: '/api/v1/endpoint',
  answer: 'json',
  repeat: 'safe',
  lane: 'endpoint-list',
  paging: 'numbered',
  schemas: () => ({
    query: {
      page,
      per_page: z.int().min(1).max(1000).optional(),
      q: z.string().min(1).optional(),
      sort: z.string().min(1).optional(),
    },
    response: z.array(endpoint),
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
  schemas: () => ({
    body: z.strictObject({
      ...settable,
      status,
      service_profile: hasId,
      tariff_profile: hasId,
      /** Send `activate` always: its default differs between releases. */
      sim: z.strictObject({ id: z.int(), activate: z.boolean().optional(), status: status.optional() }).optional(),
      organisation: hasId.optional(),
    }),
  }),
});

export const getEndpoint = operation({
  method: 'GET',
  path: '/api/v1/endpoint/{endpoint_id}',
  answer: 'json',
  repeat: 'safe',
  lane: 'endpoint',
  schemas: () => ({ response: endpoint }),
});

/** `sim: { id }` assigns, `sim: { id: null }` releases. */
export const updateEndpoint = operation({
  method: 'PATCH',
  path: '/api/v1/endpoint/{endpoint_id}',
  answer: 'none',
  repeat: 'unsafe',
  status: 204,
  lane: 'other',
  schemas: () => ({
    body: z.strictObject({
      ...settable,
      status: status.optional(),
      service_profile: hasId.optional(),
      tariff_profile: hasId.optional(),
      sim: z.strictObject({ id: z.int().nullable().optional(), status: status.optional() }).optional(),
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
