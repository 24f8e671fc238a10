import { parseInstant } from '@carrierkit/core';
import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../src/orders/memory-store.js';
import { api, first, ids, owned, provider, recorded, signIn, startedAt, subscription } from './recorded.js';

recorded();

describe('orders', () => {
  const order = (status: string, more: object = {}) => ({
    id: ids.order,
    status,
    type: 'suspend_subscription',
    account_id: ids.account,
    ...more,
  });

  it.each([200, 201, 202])('answered %i are only placed', async (status) => {
    signIn();
    api().get(`/subscriptions/${ids.subscription}`).reply(200, subscription(ids.subscription, first));
    api()
      .post('/orders', { type: 'suspend_subscription', account_id: ids.account, subscription_id: ids.subscription })
      .matchHeader('idempotency-key', /^[0-9a-f]{40}$/)
      .reply(status, order('pending'));
    const staff = provider();
    const outcomes = await staff.lifecycle.change({ sims: [owned()], to: 'suspended' });
    const pending = {
      provider: 'staff',
      iccid: first,
      to: 'suspended',
      ref: ids.order,
      since: '2026-11-15T12:00:00.000Z',
    };
    expect(outcomes).toEqual([{ provider: 'staff', iccid: first, status: 'accepted', pending }]);
    await staff.close();
  });

  const readOwner = (times: number) =>
    api().get(`/subscriptions/${ids.subscription}`).times(times).reply(200, subscription(ids.subscription, first));
  const suspend = { type: 'suspend', account: ids.account, sim: owned() } as const;

  it('with the same intent are one, without trust in any key', async () => {
    signIn();
    readOwner(3);
    const other = 'order_01HZQ8GENA2K171RTJ3Z5FWW9S';
    api().post('/orders').reply(201, order('pending'));
    api()
      .post('/orders')
      .reply(201, order('pending', { id: other }));
    // An open order may have suspended its subscription by now, so it is read, too.
    api().get(`/orders/${ids.order}`).times(4).reply(200, order('pending'));
    api()
      .get(`/orders/${other}`)
      .reply(200, order('pending', { id: other }));
    const staff = provider();
    const placed: string[] = [];
    for (const intent of ['run-1', 'run-1', 'run-2'])
      placed.push((await staff.lifecycle.orders!.place(suspend, { intent })).id);
    expect(placed).toEqual([ids.order, ids.order, other]);
    const listed = await staff.lifecycle.orders!.list().toArray({ limit: 10 });
    expect(listed.map(({ id }) => id).toSorted()).toEqual([ids.order, other]);
    await staff.close();
  });

  it('whose answer was lost are not placed again by the same intent, also after a restart', async () => {
    signIn();
    readOwner(2);
    api().post('/orders').replyWithError('connection reset');
    const store = memoryStore();
    const place = async () => {
      const staff = provider({}, { store });
      const thrown = await staff.lifecycle.orders!.place(suspend, { intent: 'run-1' }).catch((error: unknown) => error);
      await staff.close();
      return thrown;
    };
    expect(await place()).toMatchObject({ effect: 'unknown', kind: 'unavailable' });
    signIn();
    expect(await place()).toMatchObject({ effect: 'unknown', kind: 'conflict' });
  });

  it('whose answer was lost go out with the same key where keys are trusted; a refusal of the repetition does not prove anything', async () => {
    const keys: string[] = [];
    signIn();
    readOwner(3);
    let answer: readonly [number, object] = [503, {}];
    api()
      .persist()
      .post('/orders')
      .reply(function reply() {
        keys.push(String(this.req.headers['idempotency-key']));
        return [...answer];
      });
    const staff = provider({ trustIdempotencyKey: true });
    const place = () => staff.lifecycle.orders!.place(suspend, { intent: 'run-1' });
    await expect(place()).rejects.toMatchObject({ effect: 'unknown' });
    answer = [409, { type: 'CONFLICT', messages: ['still being processed'] }];
    await expect(place()).rejects.toMatchObject({ kind: 'conflict', effect: 'unknown' });
    expect(await staff.lifecycle.orders!.list().toArray({ limit: 5 })).toMatchObject([{ state: { value: 'unknown' } }]);
    answer = [201, order('pending')];
    expect((await place()).id).toBe(ids.order);
    expect(new Set(keys).size).toBe(1);
    nock.cleanAll();
    await staff.close();
  });

  it('do not go out again once the key has lived its day', async () => {
    signIn();
    readOwner(1);
    api().post('/orders').times(4).reply(503);
    let now = startedAt;
    const clock = () => now;
    const staff = provider({ trustIdempotencyKey: true }, { clock, sleep: () => Promise.resolve() });
    const place = () => staff.lifecycle.orders!.place(suspend, { intent: 'run-1' });
    await expect(place()).rejects.toMatchObject({ kind: 'unavailable', effect: 'unknown' });
    now += 24 * 3_600_000;
    signIn();
    readOwner(1);
    await expect(place()).rejects.toMatchObject({ kind: 'conflict', effect: 'unknown' });
    await staff.close();
  });

  it('are waited for with a growing pause until the vendor says so, in either spelling', async () => {
    signIn();
    api().get(`/orders/${ids.order}`).times(4).reply(200, order('pending'));
    api().get(`/orders/${ids.order}`).reply(200, order('cancelled'));
    let now = startedAt;
    const pauses: number[] = [];
    const sleep = (ms: number) => {
      pauses.push(ms);
      now += ms;
      return Promise.resolve();
    };
    const staff = provider({}, { clock: () => now, sleep });
    const done = await staff.lifecycle.orders!.wait({ provider: 'staff', id: ids.order });
    expect(done.state).toEqual({ value: 'failed', raw: 'cancelled' });
    expect(pauses).toHaveLength(4);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(new Set(pauses).size).toBe(4);
    await staff.close();
  });

  it('in a state that is new to us are not taken for finished', async () => {
    signIn();
    api().get(`/orders/${ids.order}`).reply(200, order('on_hold'));
    api().get(`/orders/${ids.order}`).reply(200, order('completed'));
    const staff = provider();
    const since = parseInstant('2026-11-15T12:00:00Z');
    const pending = { provider: 'staff', iccid: first, to: 'suspended', ref: ids.order, since } as const;
    expect(await staff.lifecycle.confirm([pending, pending])).toMatchObject([
      { status: 'applied' },
      { status: 'applied' },
    ]);
    await staff.close();
  });

  it('that stay pending end the wait at its deadline', async () => {
    signIn();
    api().get(`/orders/${ids.order}`).times(3).reply(200, order('pending'));
    const staff = provider();
    const wait = staff.lifecycle.orders!.wait({ provider: 'staff', id: ids.order }, { deadlineMs: 2_000 });
    await expect(wait).rejects.toMatchObject({
      kind: 'timeout',
      effect: 'none',
      message: expect.stringContaining(ids.order),
    });
    await staff.close();
  });

  it('that the vendor has forgotten do not end the list', async () => {
    signIn();
    api().get(`/subscriptions/${ids.subscription}`).reply(200, subscription(ids.subscription, first));
    api().post('/orders').reply(201, order('pending'));
    api().get(`/orders/${ids.order}`).reply(404);
    const staff = provider();
    await staff.lifecycle.orders!.place({ type: 'suspend', account: ids.account, sim: owned() });
    expect(await staff.lifecycle.orders!.list().toArray({ limit: 10 })).toMatchObject([
      {
        id: ids.order,
        type: { value: 'suspend' },
        state: { value: 'unknown' },
        iccid: first,
        placedAt: '2026-11-15T12:00:00.000Z',
      },
    ]);
    await staff.close();
  });

  it('that end a SIM do not exist: refused without a call, meant or not', async () => {
    const staff = provider();
    for (const to of ['retired', 'inventory', 'test', 'ready'] as const)
      expect(await staff.lifecycle.change({ sims: [first], to, irreversible: true })).toMatchObject([
        { status: 'failed', error: { kind: 'unsupported', effect: 'none', provider: 'staff' } },
      ]);
    await staff.close();
  });

  it('show no personal data when they are refused', async () => {
    signIn();
    api()
      .post('/orders')
      .reply(422, {
        type: 'INVALID_REQUEST_PARAMS',
        messages: ['subscriber Quentin Unlikely <quentin@example.com> exists (+31970000000001)'],
      });
    const staff = provider();
    const place = staff.lifecycle.orders!.place({
      type: 'activate',
      account: ids.account,
      template: ids.template,
      subscriber: { firstName: 'Quentin', lastName: 'Unlikely', email: 'quentin@example.com' },
      delivery: { by: 'email', to: ['quentin@example.com'] },
    });
    const error = (await place.catch((thrown: unknown) => thrown)) as Error;
    const shown = JSON.stringify(error) + error.message;
    for (const personal of ['Quentin', 'Unlikely', 'quentin@', '31970000000001']) expect(shown).not.toContain(personal);
    await staff.close();
  });

  it('have templates in both shapes of the pages', async () => {
    signIn();
    const offering = { id: 'prodoff_1', type: 'plan', name: 'Plan 1' };
    const template = (name: string) => ({
      id: ids.template,
      type: 'activate_subscription',
      products: [{ _embedded: { [name]: offering } }],
    });
    api()
      .get('/order-templates?limit=100')
      .reply(200, { _embedded: { 'order-templates': [template('product-offering')] }, _links: {} });
    api()
      .get('/order-templates?limit=100')
      .reply(200, { order_templates: [template('product_offering')] });
    const staff = provider();
    for (let shape = 0; shape < 2; shape++)
      expect(await staff.lifecycle.orders!.templates().toArray({ limit: 5 })).toMatchObject([
        { provider: 'staff', id: ids.template, name: 'Plan 1' },
      ]);
    await staff.close();
  });
});
