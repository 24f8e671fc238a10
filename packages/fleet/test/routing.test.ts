import { ConnectivityError, type Iccid, type KeyValueStore, parseIccid, type SimTarget } from '@carrierkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFleet, memoryStore } from '../src/index.js';
import { longestPrefix } from '../src/routing/prefixes.js';
import { storedDirectory } from '../src/routing/sim-directory.js';
import { iccidAt, type MiniOptions, type MiniVendor, mini, miniVendor, msisdnAt } from './support/mini.js';

const SIM = iccidAt('8988', 0);

/** Providers a, b and c; `at` says which of them hold SIM. */
function fleetOf(
  at: string,
  options: Readonly<Record<string, MiniOptions>> = {},
  store: KeyValueStore = memoryStore(),
) {
  const vendors: Record<string, MiniVendor> = {};
  const providers = Object.fromEntries(
    ['a', 'b', 'c'].map((id) => {
      const own = { prefix: at.includes(id) ? '8988' : '8900', sims: 3, ...options[id] };
      vendors[id] = miniVendor(id, own);
      return [id, mini(own, vendors[id])];
    }),
  );
  const make = (iccidPrefixes: Record<string, string> = {}) =>
    createFleet({ providers, routing: { iccidPrefixes } }, { store });
  return { vendors, make, asked: () => Object.keys(vendors).filter((id) => vendors[id]!.calls.length > 0) };
}

async function changed(fleet: Awaited<ReturnType<typeof createFleet>>, target: SimTarget) {
  const [outcome] = await fleet.lifecycle.change({ sims: [target], to: 'suspended' });
  return outcome!;
}

test('a provider in the target comes first, before the prefix', async () => {
  const { make, asked } = fleetOf('b');
  const fleet = await make({ 8988: 'a' });
  expect(await changed(fleet, { iccid: SIM, provider: 'b' })).toMatchObject({ provider: 'b', status: 'applied' });
  expect(asked()).toEqual(['b']);
});

test('then the ref, of a SIM that was seen', async () => {
  const { make, vendors } = fleetOf('ab');
  const fleet = await make({ 8900: 'a' });
  for await (const _ of fleet.inventory.list());
  for (const vendor of Object.values(vendors)) vendor.calls.length = 0;
  expect(await changed(fleet, { iccid: SIM, ref: 'b-0' })).toMatchObject({ provider: 'b', status: 'applied' });
  expect(await changed(fleet, { iccid: SIM, ref: 'a-0' })).toMatchObject({ provider: 'a', status: 'applied' });
  expect(vendors['c']!.calls).toEqual([]);
});

test('then the longest prefix, and that is final: nobody else is asked', async () => {
  const { make, asked } = fleetOf('b');
  const fleet = await make({ 89: 'b', 8988: 'a', 898: 'c' });
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'a', status: 'failed', error: { kind: 'not-found' } });
  await expect(fleet.inventory.get(SIM)).rejects.toMatchObject({ kind: 'not-found', provider: 'a' });
  expect(asked()).toEqual(['a']);
});

test('a prefix has letters in either case, and the longest wins', () => {
  const route = longestPrefix({ '89a': 'x', '89AB': 'y', 8: 'z' });
  expect(['89AC', '89ab', '88', '7'].map(route)).toEqual(['x', 'y', 'z', undefined]);
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[0-9a-f]{1,6}$/), fc.constantFrom('a', 'b')),
      fc.stringMatching(/^[0-9a-f]{18}$/),
      (prefixes, iccid) => {
        const fitting = Object.keys(prefixes).filter((prefix) => iccid.startsWith(prefix));
        const longest = fitting.sort((one, other) => other.length - one.length)[0];
        expect(longestPrefix(prefixes)(iccid)).toBe(longest === undefined ? undefined : prefixes[longest]);
      },
    ),
  );
});

test('then the directory: what was listed once is not asked for again, also in a later process', async () => {
  const { make, vendors } = fleetOf('c', { a: {}, b: { supports: { 'inventory.get': 'emulated' } } });
  const fleet = await make();
  for await (const _ of fleet.inventory.list());
  await fleet.close();
  for (const vendor of Object.values(vendors)) vendor.calls.length = 0;
  const later = await make();
  expect(await changed(later, SIM)).toMatchObject({ provider: 'c', status: 'applied' });
  // Without its check digit, too.
  expect(await changed(later, SIM.slice(0, -1) as Iccid)).toMatchObject({ provider: 'c', status: 'applied' });
  expect([...vendors['a']!.calls, ...vendors['b']!.calls]).toEqual([]);
  expect(vendors['c']!.calls.map(({ method }) => method)).toEqual(['change', 'change']);
});

test('then a question to those whose get is native, remembered for the next time', async () => {
  const { make, vendors } = fleetOf('b', { c: { supports: { 'inventory.get': 'emulated' } } });
  const fleet = await make();
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'b', status: 'applied' });
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'b', status: 'applied' });
  expect(vendors['a']!.calls.map(({ method }) => method)).toEqual(['get']);
  expect(vendors['b']!.calls.map(({ method }) => method)).toEqual(['get', 'change', 'change']);
  expect(vendors['c']!.calls).toEqual([]);
});

test('else an input error with the remedy, that nothing happened, and one outcome per item all the same', async () => {
  const { make } = fleetOf('a', { c: { supports: { 'inventory.get': 'emulated' } } });
  const fleet = await make();
  const unknown = iccidAt('8977', 7);
  const sims = [SIM, unknown, iccidAt('8988', 1), 'x' as Iccid, { iccid: SIM, provider: 'd' }];
  const outcomes = await fleet.lifecycle.change({ sims, to: 'suspended' });
  expect(outcomes.map(({ status, iccid }) => [status, iccid])).toEqual([
    ['applied', SIM],
    ['failed', unknown],
    ['applied', iccidAt('8988', 1)],
    ['failed', ''],
    ['failed', SIM],
  ]);
  expect(outcomes[1]).toMatchObject({
    error: {
      kind: 'input',
      effect: 'none',
      message: `iccid: a and b do not have SIM ${unknown}, and c cannot be asked for one SIM; check the number, name its provider, or list the fleet once`,
    },
  });
  expect(outcomes[4]).toMatchObject({
    error: { kind: 'input', message: expect.stringContaining("no provider 'd', only a, b, c") },
  });
});

test('a provider that cannot answer now is no proof that it has no such SIM', async () => {
  const { make, vendors } = fleetOf('a');
  vendors['b']!.fail = { get: new ConnectivityError('unavailable', 'down', { effect: 'unknown' }) };
  const fleet = await make();
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'a', status: 'applied' });
  expect(await changed(fleet, iccidAt('8977', 7))).toMatchObject({
    status: 'failed',
    error: { kind: 'unavailable', provider: 'b', effect: 'none' },
  });
});

test('an ICCID at two providers is a conflict that names both, found by asking or by listing', async () => {
  for (const listFirst of [false, true]) {
    const { make, vendors } = fleetOf('ac');
    const fleet = await make();
    if (listFirst) for await (const _ of fleet.inventory.list());
    expect(await changed(fleet, SIM)).toMatchObject({
      status: 'failed',
      error: { kind: 'conflict', effect: 'none', message: expect.stringContaining(`SIM ${SIM} is at a and c`) },
    });
    await expect(fleet.inventory.get(SIM)).rejects.toMatchObject({ kind: 'conflict' });
    expect(Object.values(vendors).flatMap(({ effects }) => effects)).toEqual([]);
    expect(await changed(fleet, { iccid: SIM, provider: 'c' })).toMatchObject({ provider: 'c', status: 'applied' });
  }
});

test('a remembered place that is out of date makes no conflict, and is forgotten', async () => {
  const { make, vendors } = fleetOf('ac');
  const fleet = await make();
  for await (const _ of fleet.inventory.list());
  vendors['a']!.sims.delete(SIM);
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'c', status: 'applied' });
  for (const vendor of Object.values(vendors)) vendor.calls.length = 0;
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'c', status: 'applied' });
  expect(vendors['a']!.calls).toEqual([]);
});

test('a SIM that moved from one provider to another is found again after the first one missed it', async () => {
  const { make, vendors } = fleetOf('a');
  const fleet = await make();
  for await (const _ of fleet.inventory.list());
  vendors['b']!.sims.set(SIM, { ...vendors['a']!.sims.get(SIM)!, provider: 'b', ref: 'b-9' });
  vendors['a']!.sims.delete(SIM);
  await expect(fleet.inventory.get(SIM)).rejects.toMatchObject({ kind: 'not-found' });
  expect(await fleet.inventory.get(SIM)).toMatchObject({ provider: 'b', ref: 'b-9' });
});

test('a store that fails costs questions, not answers', async () => {
  const broken: KeyValueStore = {
    get: () => Promise.reject(new Error('store down')),
    set: () => Promise.reject(new Error('store down')),
    delete: () => Promise.reject(new Error('store down')),
    async *keys() {
      yield* [];
      throw new Error('store down');
    },
  };
  const { make } = fleetOf('b', {}, broken);
  const fleet = await make();
  expect((await fleet.inventory.list().toArray({ limit: 99 })).length).toBe(9);
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'b', status: 'applied' });
  await fleet.close();
});

test('a fleet of one asks nobody and remembers nothing, but refuses a SIM of another provider', async () => {
  const store = memoryStore();
  const vendor = miniVendor('only', { prefix: '8988' });
  const fleet = await createFleet({ providers: { only: mini({}, vendor) } }, { store });
  for await (const _ of fleet.inventory.list());
  expect(await changed(fleet, SIM)).toMatchObject({ provider: 'only', status: 'applied' });
  expect(vendor.calls.filter(({ method }) => method === 'get')).toEqual([]);
  expect(await changed(fleet, { iccid: SIM, provider: 'other' })).toMatchObject({
    status: 'failed',
    error: { kind: 'input' },
  });
  for await (const key of store.keys('directory/')) throw new Error(`kept ${key}`);
});

test('where the prefix says it, listing remembers nothing', async () => {
  const store = memoryStore();
  const { make } = fleetOf('a', {}, store);
  const fleet = await make({ 8988: 'a', 8900: 'b' });
  for await (const _ of fleet.inventory.list());
  const keys: string[] = [];
  for await (const key of store.keys('directory/')) keys.push(key);
  // Only the SIMs of c, whose prefix says b.
  expect(keys).toEqual([`directory/sims/${iccidAt('8900', 0).slice(0, -4)}`]);
});

test('the signal reaches the question', async () => {
  const { make, vendors } = fleetOf('a');
  const fleet = await make();
  const { signal } = new AbortController();
  await fleet.lifecycle.change({ sims: [SIM], to: 'active' }, { signal });
  await fleet.messaging.send({ to: [{ sim: iccidAt('8988', 1) }], text: 'hello' }, { signal });
  await fleet.lifecycle.orders.place({ type: 'suspend', account: 'x', sim: iccidAt('8988', 2) }, { signal });
  const questions = vendors['b']!.calls.filter(({ method }) => method === 'get');
  expect(questions).toHaveLength(3);
  expect(vendors['b']!.signals.every((one) => one === signal)).toBe(true);
  expect(vendors['b']!.signals).toHaveLength(3);
});

test('messages: a number needs a provider unless only one can send', async () => {
  const { make } = fleetOf('a', { c: { without: ['messaging'] } });
  const fleet = await make();
  const number = { msisdn: msisdnAt(1) };
  const to = [number, { sim: SIM }];
  expect(await fleet.messaging.send({ to, text: 'hello' })).toMatchObject([
    {
      to: number,
      provider: null,
      status: 'failed',
      error: { kind: 'input', message: expect.stringContaining('name one of a, b') },
    },
    { provider: 'a', status: 'accepted' },
  ]);
  expect(await fleet.messaging.send({ to, text: 'hello', provider: 'a' })).toMatchObject([
    { provider: 'a', status: 'accepted' },
    { provider: 'a', status: 'accepted' },
  ]);
  expect(await fleet.messaging.send({ to, text: 'hello', provider: 'c' })).toMatchObject([
    { provider: 'c', status: 'failed', error: { kind: 'unsupported' } },
    { provider: 'c', status: 'failed', error: { kind: 'unsupported' } },
  ]);
  const one = fleetOf('a', { b: { without: ['messaging'] }, c: { without: ['messaging'] } });
  expect(await (await one.make()).messaging.send({ to: [number], text: 'hello' })).toMatchObject([
    { provider: 'a', status: 'accepted' },
  ]);
});

test('orders go to the provider they name, of their SIM, or that holds the account', async () => {
  const { make } = fleetOf('b', { a: { account: 'acme' }, b: { account: 'other' }, c: { without: ['orders'] } });
  const fleet = await make();
  const activate = {
    type: 'activate',
    account: 'acme',
    template: 't',
    subscriber: { firstName: 'A', lastName: 'B', email: 'a@example.com' },
    delivery: { by: 'api' },
  } as const;
  await expect(fleet.lifecycle.orders.place(activate)).rejects.toMatchObject({
    kind: 'input',
    message: expect.stringContaining('name one of a, b'),
  });
  for await (const _ of fleet.inventory.list());
  expect(await fleet.lifecycle.orders.place(activate)).toMatchObject({ provider: 'a' });
  expect(await fleet.lifecycle.orders.place({ ...activate, provider: 'b' })).toMatchObject({ provider: 'b' });
  expect(await fleet.lifecycle.orders.place({ type: 'suspend', account: 'acme', sim: SIM })).toMatchObject({
    provider: 'b',
  });
  await expect(fleet.lifecycle.orders.place({ ...activate, provider: 'c' })).rejects.toMatchObject({
    kind: 'unsupported',
  });
});

test('a provider that throws as a whole, or miscounts, still accounts for every item', async () => {
  const { make, vendors } = fleetOf('a');
  vendors['a']!.fail = { change: new TypeError('a bug with a secret in it') };
  const fleet = await make({ 8988: 'a', 8900: 'b' });
  const sims = [SIM, iccidAt('8900', 0), iccidAt('8988', 1)];
  const outcomes = await fleet.lifecycle.change({ sims, to: 'suspended' });
  expect(outcomes.map(({ status, iccid }) => [status, iccid])).toEqual([
    ['unknown', sims[0]],
    ['applied', sims[1]],
    ['unknown', sims[2]],
  ]);
  expect(JSON.stringify(outcomes)).not.toContain('secret');
});

test('outcomes stand in the order of the items, whatever the providers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 20 }), async (picks) => {
      const { make } = fleetOf('a');
      const fleet = await make({ 8988: 'a', 8900: 'b' });
      const pool = [...[0, 1, 2].map((n) => iccidAt('8988', n)), ...[0, 1, 2].map((n) => iccidAt('8900', n))];
      const sims = picks.map((pick) => pool[pick] ?? ('bad' as Iccid));
      const outcomes = await fleet.lifecycle.change({ sims, to: 'suspended' });
      expect(outcomes.map(({ iccid, status }) => [iccid, status])).toEqual(
        sims.map((iccid) => (iccid === 'bad' ? ['', 'failed'] : [iccid, 'applied'])),
      );
    }),
  );
});

test('the directory loses nothing that is learned, forgotten and looked up at the same time', async () => {
  const place = fc.record({
    sim: fc.integer({ min: 0, max: 3 }),
    provider: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('learn', 'forget', 'find', 'wait'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(place, { maxLength: 30 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
      async (steps, delays) => {
        const kept = memoryStore();
        const turns = async () => {
          for (let left = delays.next().value as number; left > 0; left--) await Promise.resolve();
        };
        const store: KeyValueStore = {
          ...kept,
          get: async (key) => {
            await turns();
            const value = await kept.get(key);
            await turns();
            return value;
          },
          set: async (key, value) => {
            await turns();
            await kept.set(key, value);
            await turns();
          },
        };
        const directory = storedDirectory(store);
        // The first two share an entry of the store, the others do not.
        const iccids = [
          '8988000000000000012',
          '8988000000000000020',
          '8988000000000990018',
          '89880000000000abcdef',
        ].map((one) => parseIccid(one));
        const model = new Map<number, Set<string>>();
        const looking: Promise<unknown>[] = [];
        for (const { sim, provider, kind } of steps) {
          const iccid = iccids[sim]!;
          const known = model.get(sim) ?? new Set();
          model.set(sim, known);
          if (kind === 'learn') {
            directory.learn({ iccid, provider, ref: provider });
            known.add(provider);
          } else if (kind === 'forget') {
            directory.forget(iccid, provider);
            known.delete(provider);
          } else if (kind === 'find') looking.push(directory.find(iccid));
          else await turns();
        }
        await Promise.all(looking);
        const found = async (one: typeof directory) =>
          Promise.all(iccids.map(async (iccid) => (await one.find(iccid)).map(({ provider }) => provider).sort()));
        const expected = iccids.map((_, sim) => [...(model.get(sim) ?? [])].sort());
        expect(await found(directory)).toEqual(expected);
        await directory.stored();
        expect(await found(storedDirectory(store))).toEqual(expected);
      },
    ),
  );
});

test('what another process learned is found, and is not overwritten', async () => {
  const store = memoryStore();
  const [one, other] = [storedDirectory(store), storedDirectory(store)];
  const [first, second] = [iccidAt('8988', 1), iccidAt('8988', 2)];
  one.learn({ iccid: first, provider: 'a', ref: '1' });
  await one.stored();
  expect(await other.find(first)).toEqual([{ provider: 'a', ref: '1' }]);
  other.learn({ iccid: second, provider: 'b', ref: '2' });
  await other.stored();
  expect(await one.find(second)).toEqual([{ provider: 'b', ref: '2' }]);
  one.forget(first, 'a');
  await one.stored();
  expect(await storedDirectory(store).find(second)).toEqual([{ provider: 'b', ref: '2' }]);
});

test('a list in any order writes each entry of the directory a few times, not once a page', async () => {
  const kept = memoryStore();
  let writes = 0;
  const store: KeyValueStore = {
    ...kept,
    set: async (...entry) => {
      writes += 1;
      await new Promise((resolve) => setImmediate(resolve));
      await kept.set(...entry);
    },
  };
  const directory = storedDirectory(store);
  // 20,000 SIMs in 20 entries, each page scattered over all of them.
  for (let page = 0; page < 200; page++) {
    for (let index = 0; index < 100; index++) {
      const iccid = iccidAt('8988', ((index * 7919 + page * 104729) % 20) * 1000 + ((index + page * 100) % 1000));
      directory.learn({ iccid, provider: 'a', ref: String(index) });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await directory.stored();
  expect(writes).toBeLessThan(1500);
});

test('many unknown SIMs of bulk work are looked up in one listing, also at providers that cannot be asked for one', async () => {
  const parts = { sims: 300, pageSize: 100, simsPerCall: 50 };
  const emulated = { supports: { 'inventory.get': 'emulated' } } as const;
  const [a, b, c] = [
    miniVendor('a', { prefix: '8944', ...parts }),
    miniVendor('b', { prefix: '8988', ...parts }),
    miniVendor('c', { prefix: '8931', ...parts }),
  ] as const;
  const fleet = await createFleet({
    providers: {
      a: mini({ prefix: '8944', ...parts }, a),
      b: mini({ prefix: '8988', ...parts }, b),
      c: mini({ prefix: '8931', ...parts, ...emulated }, c),
    },
  });
  const sims = [...a.sims.keys(), ...b.sims.keys(), ...c.sims.keys()];
  const nowhere = iccidAt('8900', 0);
  const report = await fleet.runs.start({ type: 'change', sims: [...sims, nowhere], to: 'suspended' });
  expect(report).toMatchObject({ finished: true, counts: { applied: 900, failed: 1 } });
  const gets = [a, b, c].map(({ calls }) => calls.filter(({ method }) => method === 'get').length);
  // Asked one by one until it was clear that there are many, and those of the same moment.
  expect(Math.max(...gets)).toBeLessThanOrEqual(100 + 64);
  expect([a, b, c].map(({ calls }) => calls.filter(({ method }) => method === 'list').length)).toEqual([3, 3, 3]);
});

test('a listing that fails on the way leaves the others to be asked', async () => {
  const parts = { sims: 200, pageSize: 100, simsPerCall: 50 };
  const [a, b] = [
    miniVendor('a', { prefix: '8944', ...parts }),
    miniVendor('b', { prefix: '8988', ...parts }),
  ] as const;
  b.fail['list'] = new ConnectivityError('permission', 'no lists');
  const fleet = await createFleet({
    providers: { a: mini({ prefix: '8944', ...parts }, a), b: mini({ prefix: '8988', ...parts }, b) },
  });
  const sims = [...a.sims.keys(), ...b.sims.keys()];
  const report = await fleet.runs.start({ type: 'change', sims, to: 'suspended' });
  expect(report).toMatchObject({ finished: true, counts: { applied: 400, failed: 0 } });
});

test('bulk work finds the SIMs of a provider that cannot be asked for one, however few they are', async () => {
  const parts = { sims: 5, supports: { 'inventory.get': 'emulated' } } as const;
  const c = miniVendor('c', { prefix: '8931', ...parts });
  const a = mini({ prefix: '8944' }, miniVendor('a', { prefix: '8944' }));
  const providers = { a, c: mini({ prefix: '8931', ...parts }, c) };
  const fleet = await createFleet({ providers });
  const nowhere = iccidAt('8900', 0);
  const job = { type: 'change', sims: [iccidAt('8931', 4), nowhere], to: 'suspended' } as const;
  expect(await fleet.runs.start(job)).toMatchObject({ finished: true, counts: { applied: 1, failed: 1 } });
  c.fail['list'] = new ConnectivityError('permission', 'no lists');
  const again = await createFleet({ providers });
  const { runId } = await again.runs.start(job);
  const errors: unknown[] = [];
  for await (const outcome of again.runs.outcomes(runId)) errors.push('error' in outcome && outcome.error.kind);
  // That it could not be listed is no proof that it has no such SIM.
  expect(errors).toEqual(['permission', 'permission']);
});

test('what a listing did not show may have come since: later work looks anew', async () => {
  const parts = { sims: 3, supports: { 'inventory.get': 'emulated' } } as const;
  const c = miniVendor('c', { prefix: '8931', ...parts });
  let now = 0;
  const a = mini({ prefix: '8944' }, miniVendor('a', { prefix: '8944' }));
  const providers = { a, c: mini({ prefix: '8931', ...parts }, c) };
  const fleet = await createFleet({ providers }, { clock: () => now });
  const late = iccidAt('8931', 9);
  const lists = () => c.calls.filter(({ method }) => method === 'list').length;
  const run = async () => (await fleet.runs.start({ type: 'change', sims: [late], to: 'suspended' })).counts;
  expect(await run()).toMatchObject({ failed: 1 });
  const pages = lists();
  c.sims.set(late, { ...c.sims.get(iccidAt('8931', 0))!, iccid: late, ref: 'c-9' });
  now += 60_000;
  expect(await run()).toMatchObject({ failed: 1 });
  expect(lists()).toBe(pages);
  now += 10 * 60_000;
  expect(await run()).toMatchObject({ applied: 1 });
  expect(lists()).toBeGreaterThan(pages);
});
