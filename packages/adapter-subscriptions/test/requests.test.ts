import nock from 'nock';
import { describe, expect, it, vi } from 'vitest';
import { api, ids, origin, provider, recorded, signIn, startedAt, tokenPath } from './recorded.js';

recorded();

describe('signing in', () => {
  it('asks once for many calls at once, and again before five minutes are over', async () => {
    signIn('one');
    nock(`${origin}/enterprise`)
      .get('/accounts?limit=1')
      .matchHeader('authorization', 'Bearer one')
      .times(4)
      .reply(200, {});
    let now = startedAt;
    const staff = provider({}, { clock: () => now });
    expect(await Promise.all([staff.check(), staff.check(), staff.check()])).toEqual([null, null, null]);
    now += 250_000;
    signIn('two', {});
    nock(`${origin}/enterprise`).get('/accounts?limit=1').matchHeader('authorization', 'Bearer two').reply(200, {});
    // The call that finds the token old goes on with it; the new one comes beside.
    expect(await staff.check()).toBeNull();
    await vi.waitUntil(() => nock.pendingMocks().every((mock) => !mock.includes(tokenPath)));
    now += 200_000;
    // Without `expires_in` it lives the documented five minutes.
    expect(await staff.check()).toBeNull();
    await staff.close();
  });

  it('is refused: named, without the secret, and not tried again at once', async () => {
    nock(origin)
      .post(tokenPath)
      .reply(401, { error: 'invalid_client', error_description: 'secret mine is wrong for me' });
    const staff = provider();
    for (let round = 0; round < 2; round++) {
      const info = await staff.check();
      expect(info).toMatchObject({
        kind: 'authentication',
        operation: 'requestAccessToken',
        vendorCode: 'invalid_client',
      });
      expect(JSON.stringify(info)).not.toContain('mine');
    }
    await staff.close();
  });

  it('takes secrets from functions', async () => {
    signIn();
    api().get('/accounts?limit=1').reply(200, {});
    const staff = provider({ clientId: () => 'me', clientSecret: () => Promise.resolve('mine') });
    expect(await staff.check()).toBeNull();
    await staff.close();
  });
});

describe('the client', () => {
  it('writes query names as the vendor spells them, and refuses the other style, which would be answered unfiltered', async () => {
    signIn();
    api().get(`/products?account_id=${ids.account}&status=active`).reply(200, {});
    api().get(`/usage/items?account-id=${ids.account}&type=sms&type=voice`).reply(200, {});
    const { client, close } = provider();
    await client.listProducts({ account_id: ids.account, status: 'active' });
    await client.listUsageItems({ 'account-id': ids.account, type: ['sms', 'voice'] });
    const wrong = { account_id: ids.account } as object;
    await expect(client.listUsageItems(wrong)).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('account_id'),
    });
    await close();
  });

  it.each([
    ['an account id of the samples', { 'account-id': 'acc_045EAABBCCDD746VVV' }],
    ['a number of eleven digits', { msisdn: '19172000021' }],
    ['a number with plus', { msisdn: '+447700900123' }],
    ['a time for a date', { 'from-date': '2026-10-01T00:00:00Z' }],
    ['a page too large', { limit: 101 }],
  ])('refuses %s before the call', async (_, input) => {
    const { client, close } = provider();
    await expect(client.listUsageItems(input)).rejects.toMatchObject({ kind: 'input', effect: 'none' });
    await close();
  });

  it('reaches every operation that no port needs', async () => {
    signIn();
    const calls: readonly (readonly [
      path: string,
      body: object,
      call: (client: ReturnType<typeof provider>['client']) => Promise<{ readonly status: number }>,
    ])[] = [
      [
        '/accounts/acc_1',
        { id: 'acc_1', name: 'Unit', status: 'active' },
        (client) => client.getAccount({ id: 'acc_1' }),
      ],
      ['/products/prd_1', { id: 'prd_1', status: 'active' }, (client) => client.getProduct({ id: 'prd_1' })],
      [
        '/subscribers?limit=5',
        { _embedded: { subscribers: [{ id: 'per_1' }] } },
        (client) => client.listSubscribers({ limit: 5 }),
      ],
      ['/subscribers/per_1', { id: 'per_1' }, (client) => client.getSubscriber({ id: 'per_1' })],
      [
        '/order-templates/otlp_1',
        { id: 'otlp_1', type: 'activate_subscription' },
        (client) => client.getOrderTemplate({ id: 'otlp_1' }),
      ],
      [
        '/order-templates/otlp_2',
        { order_templates: [{ id: 'otlp_2' }] },
        (client) => client.getOrderTemplate({ id: 'otlp_2' }),
      ],
    ];
    const { client, close } = provider();
    for (const [path, body, call] of calls) {
      api().get(path).reply(200, body);
      expect(await call(client)).toMatchObject({ status: 200, data: body });
    }
    await close();
  });
});
