import { type AnyConnectivityError, ConnectivityError, type Page, type Sim } from '@carrierkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFleet } from '../src/index.js';
import { type MiniOptions, mini, miniVendor } from './support/mini.js';

const down = () => new ConnectivityError('unavailable', 'down', { status: 503 });

function fleetOf(sizes: Readonly<Record<string, number>>, options: MiniOptions = {}) {
  const vendors = Object.entries(sizes).map(([id, sims], index) => {
    const own = { sims, prefix: `89${40 + index}`, ...options };
    return { id, own, vendor: miniVendor(id, own) };
  });
  return {
    vendors: Object.fromEntries(vendors.map(({ id, vendor }) => [id, vendor])),
    config: { providers: Object.fromEntries(vendors.map(({ id, own, vendor }) => [id, mini(own, vendor)])) },
  };
}

const idsOf = (sims: readonly Sim[]) => sims.map(({ iccid }) => iccid).sort();
const never = new Promise<never>(() => {});

test('a merged page is one provider’s, and its cursor continues all of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 6 }),
      async (counts, size, stopAfter) => {
        const { config, vendors } = fleetOf(Object.fromEntries(counts.map((sims, index) => [`p${index}`, sims])));
        const fleet = await createFleet(config);
        const all = idsOf(Object.values(vendors).flatMap(({ sims }) => [...sims.values()]));
        const got: Sim[] = [];
        let cursor: string | null = null;
        let pages = 0;
        // Left after some pages and continued from the cursor, in another fleet.
        for await (const page of fleet.inventory.list().pages({ size })) {
          expect(new Set(page.items.map(({ provider }) => provider)).size).toBeLessThanOrEqual(1);
          got.push(...page.items);
          cursor = page.next;
          if (++pages > stopAfter) break;
        }
        if (cursor !== null) {
          const later = await createFleet(config);
          for await (const page of later.inventory.list().pages({ size, cursor })) {
            got.push(...page.items);
            cursor = page.next;
          }
        }
        expect(idsOf(got)).toEqual(all);
        expect(cursor).toBeNull();
      },
    ),
  );
});

test('the total is told when every provider told its own', async () => {
  const { config } = fleetOf({ a: 3, b: 4 });
  const fleet = await createFleet(config);
  const pages: Page<Sim>[] = [];
  for await (const page of fleet.inventory.list().pages()) pages.push(page);
  expect(pages[0]!.total).toBeNull();
  expect(pages.at(-1)!.total).toBe(7);
});

test('a failing provider does not stop the others; at the end the list says which one is missing', async () => {
  const { config, vendors } = fleetOf({ a: 3, b: 5, c: 4 });
  vendors['b']!.fail = { list: down() };
  const fleet = await createFleet(config);
  const got: Sim[] = [];
  const list = async () => {
    for await (const sim of fleet.inventory.list()) got.push(sim);
  };
  const error: unknown = await list().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    kind: 'partial',
    message: 'b could not be read to the end',
    details: { failures: [{ kind: 'unavailable', provider: 'b', status: 503 }] },
  });
  expect(got.map(({ provider }) => provider).sort()).toEqual([...'aaacccc']);
});

test('with onProviderError each failure is told as it happens, and the list ends normally', async () => {
  const { config, vendors } = fleetOf({ a: 6, b: 5 });
  let page = 0;
  vendors['b']!.beforePage = async () => {
    if (++page > 1) throw down();
  };
  const fleet = await createFleet(config);
  const failures: AnyConnectivityError[] = [];
  const got: Sim[] = [];
  let cursor: string | null = null;
  const onProviderError = (error: AnyConnectivityError) => failures.push(error);
  for await (const one of fleet.inventory.list({}, { onProviderError }).pages()) {
    got.push(...one.items);
    cursor = one.next;
  }
  expect(failures.map(({ provider, kind }) => [provider, kind])).toEqual([['b', 'unavailable']]);
  expect(got).toHaveLength(8);
  // The provider that failed is asked again from where it stopped.
  vendors['b']!.beforePage = async () => {};
  for await (const one of fleet.inventory.list().pages({ cursor: cursor! })) got.push(...one.items);
  expect(new Set(idsOf(got)).size).toBe(11);
});

test('one provider by name: its own error, its own cursors, with and without onProviderError', async () => {
  const { config, vendors } = fleetOf({ a: 3, b: 5 });
  const fleet = await createFleet(config);
  const { inventory } = fleet.provider('b');
  const failures: AnyConnectivityError[] = [];
  const options = { onProviderError: (error: AnyConnectivityError) => failures.push(error) };
  const [plain] = await pagesOf(inventory.list().pages({ size: 2 }));
  const [heard] = await pagesOf(inventory.list({}, options).pages({ size: 2 }));
  expect(heard).toEqual(plain);
  const rest = await pagesOf(inventory.list({}, options).pages({ cursor: plain!.next! }));
  expect(rest.flatMap(({ items }) => items)).toHaveLength(3);

  vendors['b']!.fail = { list: down() };
  await expect(inventory.list().toArray({ limit: 9 })).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await inventory.list({}, options).toArray({ limit: 9 })).toEqual([]);
  expect(failures.map(({ kind }) => kind)).toEqual(['unavailable']);
});

test('a bug in an adapter is no failure of its provider', async () => {
  const { config, vendors } = fleetOf({ a: 3, b: 5 });
  vendors['b']!.fail = { list: new TypeError('a bug') };
  const fleet = await createFleet(config);
  await expect(fleet.inventory.list({}, { onProviderError() {} }).toArray({ limit: 99 })).rejects.toThrow('a bug');
});

test('nothing is asked before the first item; leaving stops a provider that hangs, at once', async () => {
  const { config, vendors } = fleetOf({ a: 6, slow: 6 });
  vendors['slow']!.beforePage = () => never;
  const fleet = await createFleet(config);
  const list = fleet.inventory.list();
  expect(vendors['slow']!.signals).toEqual([]);
  for await (const _ of list) break;
  expect(vendors['slow']!.signals).toHaveLength(1);
  expect(vendors['slow']!.signals[0]!.aborted).toBe(true);
  expect(vendors['a']!.signals.at(-1)!.aborted).toBe(true);
});

test('return() takes effect at once, also while the next item is waited for', async () => {
  const { config, vendors } = fleetOf({ slow: 6, slower: 6 });
  for (const vendor of Object.values(vendors)) vendor.beforePage = () => never;
  const fleet = await createFleet(config);
  for (const walk of [
    fleet.inventory.list()[Symbol.asyncIterator](),
    fleet.inventory.list().pages()[Symbol.asyncIterator](),
  ]) {
    const waiting = walk.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await walk.return!()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
  }
  expect(Object.values(vendors).flatMap(({ signals }) => signals.map(({ aborted }) => aborted))).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('the caller’s signal ends the list as cancelled, with and without onProviderError', async () => {
  for (const options of [{}, { onProviderError() {} }]) {
    const { config, vendors } = fleetOf({ a: 2, slow: 6 });
    vendors['slow']!.beforePage = () => never;
    for (const inventory of [
      (await createFleet(config)).inventory,
      (await createFleet(config)).provider('slow').inventory,
    ]) {
      const stop = new AbortController();
      const listing = inventory.list({}, { ...options, signal: stop.signal }).toArray({ limit: 99 });
      setImmediate(() => stop.abort());
      await expect(listing).rejects.toMatchObject({ kind: 'cancelled' });
    }
  }
});

test('a slow consumer of a list whose provider fails meanwhile ends nothing', async () => {
  const { config, vendors } = fleetOf({ a: 9, b: 9 });
  let page = 0;
  vendors['b']!.beforePage = async () => {
    if (++page > 1) throw down();
  };
  const fleet = await createFleet(config);
  let items = 0;
  const read = async () => {
    for await (const _ of fleet.inventory.list()) {
      items += 1;
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await expect(read()).rejects.toMatchObject({ kind: 'partial' });
  expect(items).toBe(11);
});

test('a cursor of something else, and a provider that does not exist, are input errors', async () => {
  const fleet = await createFleet(fleetOf({ a: 1, b: 1 }).config);
  for (const cursor of ['x', Buffer.from('[1]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url')]) {
    const read = async () => {
      for await (const _ of fleet.inventory.list().pages({ cursor }));
    };
    await expect(read()).rejects.toMatchObject({ kind: 'input', details: { issues: [{ path: 'cursor' }] } });
  }
  expect(() => fleet.inventory.list({ providers: ['c'] })).toThrow("there is no provider 'c'");
});

async function pagesOf<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
