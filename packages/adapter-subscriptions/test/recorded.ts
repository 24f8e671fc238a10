import { type AdapterContext, type Iccid, type Provider, parseIccid } from '@carrierkit/core';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type SubscriptionsClient, type SubscriptionsSettings, subscriptions } from '../src/index.js';

export const origin = 'https://api.1global.com';
export const tokenPath = '/auth/realms/enterprise-apis/protocol/openid-connect/token';
export const startedAt = Date.parse('2026-11-15T12:00:00.000Z');

/** Answers in the shapes that the vendor's pages show; figures and names are ours. Whatever goes to another host fails. */
export function recorded(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    expect(left).toEqual([]);
  });
  afterAll(() => nock.enableNetConnect());
}

export function signIn(access_token = 'opaque', more: object = { expires_in: 300 }): nock.Scope {
  return nock(origin)
    .post(tokenPath, { grant_type: 'client_credentials', client_id: 'me', client_secret: 'mine' })
    .reply(200, { access_token, token_type: 'Bearer', ...more });
}

export function provider(
  settings: Partial<SubscriptionsSettings> = {},
  context: Partial<AdapterContext> = {},
): Provider<SubscriptionsClient> {
  let time = startedAt;
  const sleep = (ms: number) => {
    time += ms;
    return Promise.resolve();
  };
  return subscriptions({ clientId: 'me', clientSecret: 'mine', ...settings })({
    id: 'staff',
    clock: () => time,
    sleep,
    random: () => 0.5,
    ...context,
  });
}

export const ids = {
  account: 'acc_01HTQ8VBN4DEJP5S8BPV4657VG',
  subscription: 'sub_01HTQ8ZW1JVSFRWJX51K4CTX7Y',
  template: 'otpl_A00ABCDRT1F00AVRPTAQ5XQFUT',
  order: 'order_01HZQ8GENA2K171RTJ3Z5FWW9R',
} as const;

/** A subscription with everything embedded, as the vendor page shows it: twice wrapped numbers and services, a created_at that is not ISO 8601. */
export function subscription(id: string, iccid: string, more: object = {}) {
  return {
    id,
    status: 'active',
    created_at: '2023-01-01T00:00:00:000Z',
    terminated_at: null,
    _embedded: embedded(iccid),
    _links: {
      self: { href: `${origin}/enterprise/subscriptions/${id}` },
      account: { href: `${origin}/enterprise/accounts/${ids.account}` },
      subscriber: { href: `${origin}/enterprise/subscribers/sbr_0123AAABBBBCCC123XY456`, method: 'GET' },
    },
    ...more,
  };
}

export function embedded(iccid: string) {
  return {
    account: { id: ids.account, name: 'Unit', country: 'NL', _links: {} },
    subscriber: { id: 'sbr_0123AAABBBBCCC123XY456', first_name: 'Ada', last_name: 'Example', email: 'ada@example.com' },
    sim_profile: { iccid, sim_type: 'esim', _links: {} },
    phone_numbers: {
      _links: {},
      _embedded: {
        phone_numbers: [
          { msisdn: '31970000000002', is_primary: false, country: 'NL' },
          { msisdn: '+31970000000001', is_primary: true, country: 'NL' },
        ],
      },
    },
    services: { _links: {}, _embedded: { services: [{ type: 'voice', enabled: true }] } },
  };
}

/** The vendor's API, called with the token of `signIn`. */
export const api = () => nock(`${origin}/enterprise`).matchHeader('authorization', 'Bearer opaque');

/** A page of subscriptions. */
export const page = (subscriptions: readonly object[], next?: string) => ({
  _embedded: { subscriptions },
  _links: next === undefined ? {} : { next: { href: next } },
});

export const [first, second] = [parseIccid('89310680000000000019'), parseIccid('89310680000000000027')];
export const other = 'sub_01HTQ8ZW1JVSFRWJX51K4CTX7Z';
export const owned = (id: string = ids.subscription, iccid: Iccid = first) => ({ iccid, ref: id });
