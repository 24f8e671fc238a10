import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, type Client, list, type StartOptions, startClient, texts } from './subscriptions-client.js';

let client: Client;
const start = async (options: StartOptions = {}): Promise<void> => {
  await client?.sandbox.close();
  client = await startClient(options);
};
beforeEach(() => start());
afterEach(async () => {
  const { violations } = (await client.control('/stats')) as { violations: unknown };
  await client.sandbox.close();
  expect(violations).toEqual([]);
});

interface Sim {
  readonly iccid: string;
  readonly vendorId: string;
  readonly state: string;
}
interface Effect {
  readonly operationId: string;
  readonly state: string;
  readonly subject: readonly string[];
  readonly key: string | null;
}

const sims = async (): Promise<readonly Sim[]> => (await client.control('/sims')) as readonly Sim[];
const effects = async (): Promise<readonly Effect[]> => (await client.control('/effects')) as readonly Effect[];
const delivery = { type: 'email', to: ['user@example.com'] };

const simIn = async (state: string): Promise<Sim> => {
  const found = (await sims()).find((sim) => sim.state === state);
  if (found === undefined) throw new Error(`no SIM is ${state}`);
  return found;
};

/** The account is read from the subscription's own link, as a client would. */
const changeOrder = async (type: string, sim: Sim, more: object = {}) => {
  const { body } = await client.call(`/subscriptions/${sim.vendorId}`);
  const account = String(at(body, '_links', 'account', 'href'))
    .split('/')
    .at(-1);
  return { type, account_id: account, subscription_id: sim.vendorId, ...more };
};

const activation = () => ({
  type: 'activate_subscription',
  account_id: client.sandbox.info.accounts[0],
  template_id: client.sandbox.info.templates[3],
  subscriber: { first_name: 'Ada', last_name: 'Example', email: 'user@example.com' },
  sim_profile: { sim_type: 'esim', delivery },
});

describe('an activation', () => {
  it('is pending for three seconds and then brings subscription, SIM, number, subscriber and product', async () => {
    const placed = await client.post('/orders', activation());
    expect(placed).toMatchObject({
      status: 201,
      body: { status: 'pending', type: 'activate_subscription', subscription_id: null, phone_numbers: [] },
    });
    expect(at(placed.body, 'sim_profile', 'iccid')).toBeNull();
    const id = String(at(placed.body, 'id'));
    const size = (await client.all('/subscriptions?limit=100', 'subscriptions')).length;

    client.sandbox.advance(2999);
    expect((await client.call(`/orders/${id}`)).body).toEqual(placed.body);
    expect(await effects()).toMatchObject([{ operationId: 'createOrder', state: 'pending', subject: [id] }]);
    client.sandbox.advance(1);

    const { body } = await client.call(`/orders/${id}`);
    expect(body).toMatchObject({ status: 'completed', subscriber: { first_name: 'Ada', id: expect.any(String) } });
    expect(await effects()).toMatchObject([{ state: 'done' }]);
    const subscription = String(at(body, 'subscription_id'));
    expect(texts(await client.all('/subscriptions?limit=100', 'subscriptions'), 'id').indexOf(subscription)).toBe(size);
    expect((await client.call(`/subscriptions/${subscription}`)).body).toMatchObject({ status: 'active' });
    const profile = await client.call(`/subscriptions/${subscription}/sim-profile`);
    expect(at(profile.body, 'iccid')).toBe(at(body, 'sim_profile', 'iccid'));
    const numbers = await client.call(`/subscriptions/${subscription}/phone-numbers`);
    expect(list(numbers.body, '_embedded', 'phone_numbers')).toEqual(list(body, 'phone_numbers'));
    expect(list(body, 'phone_numbers')).not.toHaveLength(0);
    expect(await client.all('/products?limit=100', 'products')).toHaveLength(size + 1);
    expect(await client.all('/subscribers?limit=100', 'subscribers')).toHaveLength(size + 1);
  });

  it('is canceled where the code cannot be delivered, and then changes nothing', async () => {
    const order = activation();
    const to = ['nobody@undeliverable.example'];
    const placed = await client.post('/orders', {
      ...order,
      sim_profile: { sim_type: 'esim', delivery: { ...delivery, to } },
    });
    client.sandbox.advance(3000);
    const { body } = await client.call(`/orders/${String(at(placed.body, 'id'))}`);
    expect(body).toMatchObject({ status: 'canceled', subscription_id: null });
    expect(await client.all('/subscriptions?limit=100', 'subscriptions')).toHaveLength(60);
    expect(await effects()).toMatchObject([{ state: 'failed' }]);
  });

  it('shows future ids while pending, and two spellings of the failure, behind switches', async () => {
    await start({ switches: { pendingOrders: 'filled', orders: 'cancel', canceledReads: 'cancelled' } });
    const { body } = await client.post('/orders', activation());
    expect(at(body, 'subscription_id')).toMatch(/^sub_/);
    expect(at(body, 'sim_profile', 'iccid')).toMatch(/^8931068/);
    client.sandbox.advance(3000);
    expect((await client.call(`/orders/${String(at(body, 'id'))}`)).body).toMatchObject({ status: 'cancelled' });
  });
});

describe('a change', () => {
  it('suspends and resumes when the order is completed, not before', async () => {
    const sim = await simIn('active');
    const read = async () => at((await client.call(`/subscriptions/${sim.vendorId}`)).body, 'status');
    const suspend = await changeOrder('suspend_subscription', sim, { reason: 'lost_or_stolen' });
    const placed = await client.post('/orders', suspend);
    expect(placed).toMatchObject({ status: 201, body: { ...suspend, status: 'pending' } });
    expect(await read()).toBe('active');
    client.sandbox.advance(3000);
    expect(await read()).toBe('suspended');
    expect((await client.post('/orders', suspend)).status).toBe(409);

    await client.post('/orders', await changeOrder('resume_subscription', sim));
    client.sandbox.advance(3000);
    expect(await read()).toBe('active');
    expect(await effects()).toMatchObject([
      { subject: [sim.iccid], state: 'done' },
      { subject: [sim.iccid], state: 'done' },
    ]);
  });

  it('gives a new ICCID and keeps number and services', async () => {
    const sim = await simIn('active');
    const part = async (name: string) => (await client.call(`/subscriptions/${sim.vendorId}/${name}`)).body;
    const before = { numbers: await part('phone-numbers'), services: await part('services') };
    const order = await changeOrder('change_sim_profile', sim, {
      sim_profile: { sim_type: 'esim', delivery: { type: 'api' } },
    });
    const { body } = await client.post('/orders', order);
    expect(at(await part('sim-profile'), 'iccid')).toBe(sim.iccid);
    client.sandbox.advance(3000);
    const iccid = at(await part('sim-profile'), 'iccid');
    expect(iccid).not.toBe(sim.iccid);
    expect(at((await client.call(`/orders/${String(at(body, 'id'))}`)).body, 'sim_profile', 'iccid')).toBe(iccid);
    expect({ numbers: await part('phone-numbers'), services: await part('services') }).toEqual(before);
    const known = (await sims()).map((found) => found.iccid);
    expect(known).toContain(iccid);
    expect(known).not.toContain(sim.iccid);
  });

  it('is canceled if the subscription has changed since', async () => {
    const sim = await simIn('active');
    const suspend = await changeOrder('suspend_subscription', sim);
    await client.post('/orders', suspend);
    const second = await client.post('/orders', suspend);
    expect(second.status).toBe(201);
    client.sandbox.advance(3000);
    expect((await client.call(`/orders/${String(at(second.body, 'id'))}`)).body).toMatchObject({ status: 'canceled' });
    expect((await effects()).map(({ state }) => state)).toEqual(['done', 'failed']);
  });

  it('needs the right state', async () => {
    const attempts: readonly (readonly [string, string])[] = [
      ['resume_subscription', 'active'],
      ['suspend_subscription', 'suspended'],
    ];
    for (const [type, state] of attempts) {
      const refused = await client.post('/orders', await changeOrder(type, await simIn(state)));
      expect(refused).toMatchObject({ status: 409, body: { type: 'CONFLICT' } });
    }
    const terminated = await client.all('/subscriptions?status=terminated&limit=100', 'subscriptions');
    const orderable = terminated.find((subscription) =>
      /acc_[0-9A-Z]{26}$/.test(String(at(subscription, '_links', 'account', 'href'))),
    );
    const sim = { iccid: '', state: 'terminated', vendorId: String(at(orderable, 'id')) };
    expect((await client.post('/orders', await changeOrder('suspend_subscription', sim))).status).toBe(409);
    expect(await effects()).toEqual([]);
  });
});

describe('an order is refused', () => {
  it.each([
    ['without a body', undefined, 400],
    ['with broken JSON', '{"type":', 400],
    ['of type swap_sim', { type: 'swap_sim' }, 400],
    ['of type terminate_subscription', { type: 'terminate_subscription' }, 400],
    ['for the short account id of the samples', { account_id: 'acc_045EAABBCCDD746VVV' }, 400],
    ['for an unknown account', { account_id: 'acc_01HTQ8VBN4DEJP5S8BPV4657VG' }, 403],
    ['for an unknown template', { template_id: 'otpl_A00ABCDRT1F00AVRPTAQ5XQFUT' }, 422],
    ['with the misspelt template prefix', { template_id: 'otlp_01HTJA47C93ABKKR58T05JBAJB' }, 400],
    ['without a subscriber', { subscriber: undefined }, 400],
    ['with a malformed e-mail', { subscriber: { first_name: 'A', last_name: 'B', email: 'nobody' } }, 400],
    ['for a plastic SIM', { sim_profile: { sim_type: 'physical', delivery } }, 400],
    ['without recipients', { sim_profile: { sim_type: 'esim', delivery: { type: 'email', to: [] } } }, 400],
  ])('%s', async (_name, change, status) => {
    const body = typeof change === 'object' ? { ...activation(), ...change } : change;
    expect((await client.call('/orders', { method: 'POST', body })).status).toBe(status);
    expect(await effects()).toEqual([]);
  });

  it('for a subscription that nobody has or another account has', async () => {
    const [account = '', other = ''] = client.sandbox.info.accounts;
    const unknown = {
      type: 'suspend_subscription',
      account_id: account,
      subscription_id: 'sub_01HTQ8ZW1JVSFRWJX51K4CTX7Y',
    };
    expect((await client.post('/orders', unknown)).status).toBe(404);
    const order = await changeOrder('suspend_subscription', await simIn('active'));
    const wrong = order.account_id === account ? other : account;
    expect((await client.post('/orders', { ...order, account_id: wrong })).status).toBe(422);
  });

  it('and cannot be read under an id that it does not have', async () => {
    for (const id of ['order_01HZQ8GENA2K171RTJ3Z5FWW9R', 'acc_01HTJA47C93ABKKR58T05JBAJB', 'x']) {
      expect((await client.call(`/orders/${id}`)).status).toBe(404);
    }
  });
});

describe('the listing of orders', () => {
  it('exists only behind its switch, with the usual cursors', async () => {
    expect((await client.call('/orders')).status).toBe(405);
    await start({ switches: { listOrders: true } });
    expect(list((await client.call('/orders')).body, '_embedded', 'orders')).toEqual([]);
    const ids: string[] = [];
    for (let place = 0; place < 5; place++)
      ids.push(String(at((await client.post('/orders', activation())).body, 'id')));
    expect(texts(await client.all('/orders?limit=2', 'orders'), 'id')).toEqual(ids);
    expect((await client.call('/orders?limit=0')).status).toBe(400);
    expect((await client.call('/orders?cursor=x')).status).toBe(400);
    expect((await client.call('/orders', { token: null })).status).toBe(401);
  });
});

describe('messages', () => {
  const message = (change: object = {}) => ({
    from: client.sandbox.info.senders[0],
    to: ['+491700000001'],
    text: 'code 81736452',
    ...change,
  });

  it('are accepted from authorised numbers, with one id for all recipients', async () => {
    const all = await client.all('/subscriptions?limit=100', 'subscriptions', {
      prefer: 'transclude="phone_numbers;sim_profile"',
    });
    const own = all.slice(4, 6).map((subscription) => ({
      msisdn: String(at(subscription, '_embedded', 'phone_numbers', '_embedded', 'phone_numbers', 0, 'msisdn')),
      iccid: at(subscription, '_embedded', 'sim_profile', 'iccid'),
    }));
    const sent = await client.post('/sms', message({ to: ['+491700000001', ...own.map(({ msisdn }) => msisdn)] }));
    expect(sent).toMatchObject({ status: 200, body: { sms_id: expect.stringMatching(/^sms_[0-9A-Z]{26}$/) } });
    expect(await effects()).toMatchObject([
      { operationId: 'sendMessage', state: 'done', subject: own.map(({ iccid }) => iccid) },
    ]);
    const elsewhere = await client.post('/sms', message());
    expect((await effects()).at(-1)?.subject).toEqual([at(elsewhere.body, 'sms_id')]);
    expect(await client.control('/secrets')).toContain('code 81736452');
  });

  it('need an authorised sender that is active', async () => {
    const { senders } = client.sandbox.info;
    expect(senders.length).toBeGreaterThan(0);
    const without = await client.post('/sms', message({ from: senders[0]?.slice(1) }));
    expect(without.status).toBe(200);
    expect(await client.post('/sms', message({ from: '+31600000000' }))).toMatchObject({
      status: 403,
      body: { type: 'ACCESS_DENIED' },
    });
    const [sim] = await sims();
    await client.control(`/sims/${sim?.iccid}`, { method: 'PATCH', body: { state: 'suspended' } });
    expect(client.sandbox.info.senders).not.toContain(senders[0]);
    expect((await client.post('/sms', message({ from: senders[0] }))).status).toBe(403);
  });

  it.each([
    ['no recipient', { to: [] }],
    ['1001 recipients', { to: Array(1001).fill('+491700000001') }],
    ['501 characters', { text: 'x'.repeat(501) }],
    ['a number that is none', { to: ['0049-170'] }],
    ['a JSON number', { to: [491700000001] }],
  ])('are refused with %s', async (_name, change) => {
    expect((await client.post('/sms', message(change))).status).toBe(400);
    expect(await effects()).toEqual([]);
  });

  it('take 1000 recipients and 500 characters beyond the BMP', async () => {
    const body = message({ to: Array(1000).fill('+491700000001'), text: '😀'.repeat(500) });
    expect((await client.post('/sms', body)).status).toBe(200);
  });

  it('have an id by another name behind a switch', async () => {
    await start({ switches: { messageIdName: 'id' } });
    expect((await client.post('/sms', message())).body).toEqual({ id: expect.stringMatching(/^sms_/) });
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'k-1' };
  const sms = () => ({ from: client.sandbox.info.senders[0], to: ['+491700000001'], text: 'once 40718263' });

  it('replays the first answer for 24 hours without a second effect', async () => {
    const first = await client.post('/orders', activation(), key);
    client.sandbox.advance(3000);
    const second = await client.post('/orders', activation(), key);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(await effects()).toMatchObject([{ key: 'k-1' }]);
    const requests = (await client.control('/requests')) as { operationId: string; replayed: boolean }[];
    expect(requests.filter(({ operationId }) => operationId === 'createOrder').map(({ replayed }) => replayed)).toEqual(
      [false, true],
    );

    client.sandbox.advance(24 * 3_600_000 - 3000);
    await client.signIn();
    const late = await client.post('/orders', activation(), key);
    expect(at(late.body, 'id')).not.toBe(at(first.body, 'id'));
  });

  it('does not fit another body or another call', async () => {
    await client.post('/sms', sms(), key);
    expect((await client.post('/sms', { ...sms(), text: 'other' }, key)).status).toBe(422);
    expect((await client.post('/orders', activation(), key)).status).toBe(422);
    expect(await effects()).toHaveLength(1);
  });

  it('is free again after a refusal', async () => {
    expect((await client.post('/sms', { ...sms(), from: '+31600000000' }, key)).status).toBe(403);
    expect((await client.post('/sms', sms(), key)).status).toBe(200);
  });

  it('is in conflict with itself while the first request runs', async () => {
    await start({ switches: { postTakesMs: 150 } });
    const replies = await Promise.all([client.post('/sms', sms(), key), client.post('/sms', sms(), key)]);
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await effects()).toHaveLength(1);
  });

  it('survives a lost answer: the repetition tells what happened', async () => {
    await client.control('/faults', {
      method: 'POST',
      body: {
        adapter: 'subscriptions',
        operationId: 'sendMessage',
        kind: 'status',
        status: 502,
        when: 'after',
        times: 1,
      },
    });
    expect((await client.post('/sms', sms(), key)).status).toBe(502);
    expect((await client.post('/sms', sms(), key)).status).toBe(200);
    expect(await effects()).toHaveLength(1);
  });

  it('is ignored behind a switch', async () => {
    await start({ switches: { ignoreIdempotencyKeys: true } });
    await client.post('/sms', sms(), key);
    await client.post('/sms', sms(), key);
    expect(await effects()).toHaveLength(2);
  });
});
