import type { AdapterContext, Provider } from '@carrierkit/core';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type EmnifyClient, type EmnifySettings, emnify } from '../src/index.js';

export const origin = 'https://cdn.emnify.net';
export const startedAt = Date.parse('2026-11-15T12:00:00.000Z');

/** Answers in the shapes of the vendor's recorded exchanges; figures and names are ours. */
export function recorded(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    expect(left).toEqual([]);
  });
  afterAll(() => nock.enableNetConnect());
}

export function jwt(lifeSeconds: number): string {
  const iat = 1_700_000_000;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'HS384' })}.${part({ iat, exp: iat + lifeSeconds, 'esc.org': 7001 })}.signature${lifeSeconds}`;
}

export function signIn(lifeSeconds = 14_400): nock.Scope {
  return nock(origin)
    .post('/api/v1/authenticate', { application_token: 'app' })
    .reply(200, { auth_token: jwt(lifeSeconds) });
}

export function provider(
  settings: Partial<EmnifySettings> = {},
  context: Partial<AdapterContext> = {},
): Provider<EmnifyClient> {
  let time = startedAt;
  const sleep = (ms: number) => {
    time += ms;
    return Promise.resolve();
  };
  return emnify({ applicationToken: 'app', ...settings })({
    id: 'iot',
    clock: () => time,
    sleep,
    random: () => 0.5,
    ...context,
  });
}

/** A SIM as recorded: no check digit, no `iccid_with_luhn`, offsets without colon, a blank behind the name of the form factor. */
export function sim(id: number, more: object = {}) {
  return {
    id,
    iccid: `8988303${String(id).padStart(12, '0')}`,
    production_date: '2021-05-06T11:15:57.000+0000',
    activation_date: '2022-03-06T11:15:57.000+0000',
    status: { id: 1, description: 'Activated' },
    customer_org: { id: 7001, name: 'Fleet', country: { id: 74, name: 'Germany' } },
    issuer_org: { id: 2, name: 'Issuer', country: { id: 74, name: 'Germany' } },
    imsi: `2950500${String(id).padStart(8, '0')}`,
    msisdn: `4237100${String(id).padStart(8, '0')}`,
    model: {
      id: 15,
      description: '3in1 plug sim',
      memory_size: 128,
      formfactor: { id: 4, name: '1/2/3FF (3in1) ' },
      manufacturer: { id: 4, name: 'Maker' },
    },
    ...more,
  };
}

export const endpointIn = (id: number) => ({
  id,
  name: 'Lamp 7',
  imei: '3569380351234567',
  created: '2022-03-06T11:15:57.000+0000',
  last_updated: '2022-03-06T11:15:57.000+0000',
  organisation_id: 7001,
  service_profile_id: 11,
  tariff_profile_id: 22,
  tags: 'north, lamp',
  ip_address: '10.0.0.7',
  ip_address_space_id: 3,
});

export const pageHeaders = (total: number, pages: number, page = 1) => ({
  'X-Count-Per-Page': '2500',
  'X-Current-Page': String(page),
  'X-Total-Pages': String(pages),
  'X-Total-Count': String(total),
  'X-Sort': 'id',
});
