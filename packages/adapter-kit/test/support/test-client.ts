import type { AdapterContext } from '@carrierkit/core';
import {
  type CommonSettings,
  createClient,
  fixedToken,
  type Limits,
  operation,
  type ReadError,
  Secret,
} from '../../src/index.js';
import { virtualTime } from './virtual-time.js';

export const origin = 'https://api.vendor.test';
export const token = 'very-secret-token';

export const operations = {
  readThing: operation({
    method: 'GET',
    path: '/things/{id}/',
    answer: 'json',
    repeat: 'safe',
    lane: 'all',
    schemas: (z) => ({
      query: { from: z.string().optional(), type: z.array(z.string()).optional() },
      headers: { Prefer: z.string().optional() },
      response: z.object({ name: z.string() }),
    }),
  }),
  putThing: operation({
    method: 'PUT',
    path: '/things/{id}/',
    answer: 'none',
    repeat: 'idempotent',
    lane: 'all',
    schemas: (z) => ({ body: z.strictObject({ name: z.string().max(10) }) }),
  }),
  sendKeyed: operation({
    method: 'POST',
    path: '/keyed/',
    answer: 'none',
    repeat: 'keyed',
    keyHeader: 'Idempotency-Key',
    lane: 'all',
    schemas: (z) => ({ body: z.strictObject({ text: z.string(), to: z.array(z.string()) }) }),
  }),
  sendUnsafe: operation({
    method: 'POST',
    path: '/unsafe/',
    answer: 'json',
    repeat: 'unsafe',
    lane: 'all',
    schemas: (z) => ({ body: z.strictObject({ text: z.string() }) }),
  }),
  readMany: operation({
    method: 'GET',
    path: '/many/',
    answer: 'json',
    repeat: 'safe',
    lane: 'all',
    auth: false,
    schemas: (z) => ({
      response: z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string(), e: z.string(), f: z.string() }),
    }),
  }),
  putForm: operation({
    method: 'PUT',
    path: '/form/',
    answer: 'none',
    repeat: 'idempotent',
    encoding: 'form',
    status: 202,
    lane: 'all',
    schemas: (z) => ({ body: z.strictObject({ a: z.string(), b: z.int().optional(), c: z.boolean().optional() }) }),
  }),
  startThing: operation({
    method: 'POST',
    path: '/things/{id}/start/',
    answer: 'none',
    repeat: 'idempotent',
    lane: 'all',
    schemas: () => ({}),
  }),
  download: operation({
    method: 'GET',
    path: '/download/',
    answer: 'text-stream',
    repeat: 'safe',
    lane: 'all',
    schemas: () => ({}),
  }),
};

export function testClient(
  options: {
    settings?: CommonSettings;
    limits?: Limits;
    context?: Partial<AdapterContext>;
    secret?: Secret;
    readError?: ReadError;
    time?: ReturnType<typeof virtualTime>;
  } = {},
) {
  const time = options.time ?? virtualTime();
  const created = createClient({
    context: { id: 'acme', clock: time.clock, sleep: time.sleep, random: time.random, ...options.context },
    settings: options.settings ?? {},
    origin,
    operations,
    limits: options.limits ?? { buckets: {}, lanes: { all: [] } },
    readError: options.readError ?? detailOf,
    privateMembers: ['text', 'to'],
    correlationHeader: 'X-Correlation-ID',
    requestIdHeaders: ['x-request-id'],
    authenticator: () => fixedToken('Token', options.secret ?? new Secret(token)),
  });
  return { ...created, time };
}

const detailOf: ReadError = ({ body }) => {
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body['detail'] : undefined;
  return typeof detail === 'string' ? { message: detail } : {};
};
