import type { Iccid, KeyValueStore, Order } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../src/orders/memory-store.js';
import { clientSecret, type Vendor, vendorFor } from './support.js';

const vendor = await vendorFor();
const bare = await vendorFor({ ignorePrefer: true });
const canceling = await vendorFor({ orders: 'cancel', canceledReads: 'cancelled' });
const silent = await vendorFor({ suspendedReads: 'active' });
const listing = await vendorFor({ listOrders: true });

const firstActive = async (of: Vendor): Promise<Iccid> => {
  // The first subscriptions are senders; the ones behind them are free to be moved.
  const sim = (await of.sims('active'))[5];
  if (sim === undefined) throw new Error('the sandbox has no active SIM');
  return sim.iccid;
};

describe('lists', () => {
  it('outlive their five-minute token', async () => {
    const provider = vendor.provider();
    const iccids = new Set<string>();
    // Six pages, a minute and a quarter after one another: the token of the first is dead before the last.
    for await (const page of provider.inventory.list().pages({ size: 5 })) {
      for (const sim of page.items) iccids.add(sim.iccid);
      await vendor.advance(75_000);
    }
    expect(iccids.size).toBe(30);
    const requests = await vendor.requests();
    const tokens = requests.filter((request) => request.operationId === 'requestAccessToken');
    expect(tokens.length).toBeGreaterThanOrEqual(2);
    // Renewed in time: nothing went out with a dead one.
    expect(requests.filter(({ status }) => status === 401)).toEqual([]);
  });

  it('go on after a token that is rejected on the way', async () => {
    await vendor.fault({ operationId: 'listSubscriptions', kind: 'bad-token', when: 'before', skip: 1 });
    const provider = vendor.provider();
    let seen = 0;
    for await (const page of provider.inventory.list().pages({ size: 10 })) seen += page.items.length;
    expect(seen).toBe(30);
  });

  it('take only the cursor of a link to another host', async () => {
    await vendor.fault({ operationId: 'listSubscriptions', kind: 'foreign-next-link', when: 'before', times: 10 });
    const provider = vendor.provider();
    let seen = 0;
    for await (const page of provider.inventory.list().pages({ size: 10 })) seen += page.items.length;
    expect(seen).toBe(30);
    // Every page was asked of our own vendor, each with a cursor of its own: nobody followed the link.
    const asked = (await vendor.requests()).filter(({ operationId }) => operationId === 'listSubscriptions');
    expect(new Set(asked.map(({ path }) => path)).size).toBe(3);
  });
});

describe('a server that ignores Prefer', () => {
  it('is asked for each part, and gives the same SIMs', async () => {
    const [withParts, embedded] = [bare.provider(), vendor.provider()];
    const core = async (provider: typeof embedded) =>
      (await provider.inventory.list().toArray({ limit: 100 })).map(({ iccid, msisdns, state, account, services }) => ({
        iccid,
        msisdns,
        state,
        account,
        services,
      }));
    const [asked, told] = [await core(withParts), await core(embedded)];
    expect(asked).toHaveLength(30);
    expect(asked.map(({ account: _, ...sim }) => sim)).toEqual(told.map(({ account: _, ...sim }) => sim));
  });
});

describe('suspension', () => {
  it('is done when the order is completed, and not before', async () => {
    const provider = vendor.provider();
    const sim = await firstActive(vendor);
    const [outcome] = await provider.lifecycle.change({ sims: [sim], to: 'suspended' });
    expect(outcome?.status).toBe('accepted');
    expect((await provider.inventory.get(sim)).state.value).toBe('active');
    if (outcome?.status !== 'accepted') return;
    expect(await provider.lifecycle.confirm([outcome.pending])).toMatchObject([{ iccid: sim, status: 'applied' }]);
    expect((await provider.inventory.get(sim)).state).toEqual({ value: 'suspended', raw: 'suspended' });
  });

  it('that is canceled is a failure', async () => {
    const provider = canceling.provider();
    const sim = await firstActive(canceling);
    const [outcome] = await provider.lifecycle.change({ sims: [sim], to: 'suspended' });
    if (outcome?.status !== 'accepted') return expect.fail('should have been accepted');
    const [confirmed] = await provider.lifecycle.confirm([outcome.pending]);
    expect(confirmed).toMatchObject({ status: 'failed', error: { kind: 'conflict' } });
    return undefined;
  });

  it('is told by our own orders where the status does not tell it, also after a restart', async () => {
    const store: KeyValueStore = memoryStore();
    const first = silent.provider({}, { store });
    const sim = await firstActive(silent);
    const change = async (provider: typeof first, to: 'suspended' | 'active') => {
      const [outcome] = await provider.lifecycle.change({ sims: [sim], to });
      if (outcome?.status !== 'accepted') throw new Error(`was ${outcome?.status}`);
      await provider.lifecycle.confirm([outcome.pending]);
    };
    await change(first, 'suspended');
    const second = silent.provider({}, { store });
    expect((await second.inventory.get(sim)).state).toEqual({ value: 'suspended', raw: 'active' });
    const listed = await second.inventory.list({ states: ['suspended'] }).toArray({ limit: 100 });
    expect(listed.map(({ iccid }) => iccid)).toEqual([sim]);
    await change(second, 'active');
    expect((await second.inventory.get(sim)).state).toEqual({ value: 'active', raw: 'active' });
  });
});

describe('a suspension that nobody waited for', () => {
  const suspendAndLeave = async (of: Vendor) => {
    const store = memoryStore();
    const [sim, provider] = [await firstActive(of), of.provider({}, { store })];
    await provider.lifecycle.change({ sims: [sim], to: 'suspended' });
    await of.advance(10_000);
    return { sim, later: of.provider({}, { store }) };
  };
  const orderReads = async (of: Vendor) =>
    (await of.requests()).filter(({ operationId }) => operationId === 'getOrder').length;

  it('is found by its order, which is read once', async () => {
    const { sim, later } = await suspendAndLeave(silent);
    for (let round = 0; round < 2; round++)
      expect((await later.inventory.get(sim)).state).toEqual({ value: 'suspended', raw: 'active' });
    expect(await orderReads(silent)).toBe(1);
  });

  it('needs no order where the status tells it', async () => {
    const { sim, later } = await suspendAndLeave(vendor);
    expect((await later.inventory.get(sim)).state).toEqual({ value: 'suspended', raw: 'suspended' });
    expect(await orderReads(vendor)).toBe(0);
  });

  it('is unchanged when asked for again and refused, since both say that it is there', async () => {
    const { sim, later } = await suspendAndLeave(silent);
    expect(await later.lifecycle.change({ sims: [sim], to: 'suspended' })).toMatchObject([{ status: 'unchanged' }]);
    expect(await silent.effects()).toHaveLength(1);
  });
});

describe('orders', () => {
  const suspend = async (of: Vendor) => {
    const provider = of.provider();
    const sim = await provider.inventory.get(await firstActive(of));
    return { type: 'suspend' as const, account: sim.account as string, sim };
  };

  it('always carry an idempotency key', async () => {
    const provider = vendor.provider();
    await provider.lifecycle.orders?.place(await suspend(vendor));
    const [effect] = await vendor.effects();
    expect(effect).toMatchObject({ operationId: 'createOrder', key: expect.stringMatching(/^[0-9a-f]{40}$/) });
  });

  it.each(['drop', 'malformed', 'truncate', 'status'] as const)(
    'whose answer is lost (%s) are unknown, stay in the list, and are not placed again',
    async (kind) => {
      await vendor.fault({
        operationId: 'createOrder',
        kind,
        when: 'after',
        ...(kind === 'status' && { status: 502 }),
      });
      const provider = vendor.provider();
      await expect(provider.lifecycle.orders?.place(await suspend(vendor))).rejects.toMatchObject({
        effect: 'unknown',
      });
      expect(await vendor.effects()).toHaveLength(1);
      const listed = await provider.lifecycle.orders?.list().toArray({ limit: 10 });
      expect(listed).toMatchObject([{ state: { value: 'unknown', raw: 'unanswered' } }]);
    },
  );

  it('whose answer is lost are repeated with their key where keys are trusted: one effect', async () => {
    await vendor.fault({ operationId: 'createOrder', kind: 'drop', when: 'after' });
    const provider = vendor.provider({ trustIdempotencyKey: true });
    const order = await provider.lifecycle.orders?.place(await suspend(vendor));
    expect(order?.state.value).toBe('pending');
    expect(await vendor.effects()).toHaveLength(1);
  });

  it('that were refused are not kept', async () => {
    await vendor.fault({ operationId: 'createOrder', kind: 'status', when: 'before', status: 422 });
    const provider = vendor.provider();
    await expect(provider.lifecycle.orders?.place(await suspend(vendor))).rejects.toMatchObject({ kind: 'input' });
    expect(await provider.lifecycle.orders?.list().toArray({ limit: 10 })).toEqual([]);
  });

  it('are refused before the call when an id breaks its pattern', async () => {
    const provider = vendor.provider();
    const request = { ...(await suspend(vendor)), account: 'acc_045EAABBCCDD746VVV' };
    await expect(provider.lifecycle.orders?.place(request)).rejects.toMatchObject({
      kind: 'input',
      details: { issues: [{ path: 'body.account_id' }] },
    });
    expect(await vendor.effects()).toEqual([]);
  });

  it('never leave a name or an address in the store', async () => {
    const store = memoryStore();
    const { accounts, templates } = vendor.sandbox.info;
    await vendor.provider({}, { store }).lifecycle.orders?.place({
      type: 'activate',
      account: accounts[0] as string,
      template: templates[0] as string,
      subscriber: { firstName: 'Quentin', lastName: 'Unlikely', email: 'quentin@example.com' },
      delivery: { by: 'email', to: ['quentin@example.com'] },
    });
    for await (const key of store.keys('')) {
      const kept = `${key} ${await store.get(key)}`;
      for (const personal of ['Quentin', 'Unlikely', '@', clientSecret]) expect(kept).not.toContain(personal);
    }
  });

  it('are listed by cursor, oldest first, from the store or from the vendor', async () => {
    const store = memoryStore();
    const own = listing.provider({}, { store });
    const { accounts } = listing.sandbox.info;
    const movable = (
      await own.inventory.list({ states: ['active'], account: accounts[0] as string }).toArray({ limit: 8 })
    ).slice(3);
    const placed: Order[] = [];
    for (const sim of movable) {
      placed.push(
        (await own.lifecycle.orders?.place({ type: 'suspend', account: accounts[0] as string, sim })) as Order,
      );
      await listing.advance(1_000);
    }
    expect(placed.length).toBeGreaterThan(2);
    const walk = async (provider: typeof own) => {
      const ids: string[] = [];
      for await (const page of provider.lifecycle.orders?.list().pages({ size: 2 }) ?? [])
        ids.push(...page.items.map(({ id }) => id));
      return ids;
    };
    expect(await walk(own)).toEqual(placed.map(({ id }) => id));
    expect((await walk(listing.provider({ listOrders: 'vendor' }))).toSorted()).toEqual(
      placed.map(({ id }) => id).toSorted(),
    );
  });
});

describe('SMS', () => {
  it('whose answer is lost are unknown for every recipient and sent once', async () => {
    const provider = vendor.provider({ sender: vendor.sandbox.info.senders[0] });
    const sims = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 3 });
    await vendor.fault({ operationId: 'sendMessage', kind: 'drop', when: 'after' });
    const outcomes = await provider.messaging?.send({ to: sims.map((sim) => ({ sim })), text: 'once' });
    expect(outcomes?.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(await vendor.effects()).toHaveLength(1);
  });

  it.each([
    ['x'.repeat(501), 'text'],
    ['', 'text'],
  ])('of %j are refused before the call', async (text, path) => {
    const provider = vendor.provider({ sender: vendor.sandbox.info.senders[0] });
    const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
    const outcomes = await provider.messaging?.send({ to: [{ sim: sim! }], text });
    expect(outcomes).toMatchObject([{ status: 'failed', error: { kind: 'input', details: { issues: [{ path }] } } }]);
    expect(await vendor.effects()).toEqual([]);
  });
});
