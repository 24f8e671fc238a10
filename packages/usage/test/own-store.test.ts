import type { UsageRecord } from '@carrierkit/core';
import { ConnectivityError } from '@carrierkit/core';
import { expect, it } from 'vitest';
import { type ReadTarget, syncInto, type UsageStore } from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, sim, source } from './fake-provider.js';

/** What a product would write over its own database: here, an array. */
class ArrayStore implements UsageStore {
  readonly records: UsageRecord[] = [];
  readonly failures: string[] = [];
  readonly sims: ReadTarget[] = [];
  readonly #done = new Set<string>();

  beginRun = () => Promise.resolve({ since: '0' });
  endRun = () => Promise.resolve();

  async snapshot({ provider, sims }: Parameters<UsageStore['snapshot']>[0]) {
    for await (const { iccid: id, ref } of sims) this.sims.push({ provider, iccid: id, ref });
    return { sims: this.sims.length };
  }

  failSnapshot = () => Promise.resolve();
  snapshotSize = () => Promise.resolve(this.sims.length);
  unreadTargets: UsageStore['unreadTargets'] = ({ window }) =>
    Promise.resolve(this.sims.filter((target) => !this.#done.has(`${target.iccid} ${window.from}`)));
  isRead = () => Promise.resolve(false);

  async append({ targets, window }: Parameters<UsageStore['append']>[0], records: AsyncIterable<UsageRecord>) {
    const told: UsageRecord[] = [];
    for await (const record of records) told.push(record);
    this.records.push(...told);
    for (const target of targets ?? []) this.#done.add(`${target.iccid} ${window.from}`);
    return { added: told.length, changed: 0, unchanged: 0 };
  }

  fail: UsageStore['fail'] = (_, { error }) => {
    this.failures.push(error.kind);
    return Promise.resolve();
  };
}

const october = { from: '2026-10-01', to: '2026-11-01' };

function carrier(): FakeCarrier {
  return new FakeCarrier('one', {
    sims: [1, 2, 3].map((index) => sim('one', index)),
    sources: [source({ scope: 'sim', grain: 'event' })],
    records: [1, 2, 3].map((index) =>
      data(index, { id: `r${index}`, grain: 'event', startedAt: at('2026-10-02'), iccid: iccid(index) }),
    ),
  });
}

it('a store of the product gets what a sync reads, and is asked what is left to read', async () => {
  const [store, one] = [new ArrayStore(), carrier()];
  one.failWhen = ({ sims }) => {
    if (sims?.some((target) => typeof target === 'object' && target.ref === 'ref-2'))
      throw new ConnectivityError('not-found', 'no such SIM');
  };
  const sync = () => syncInto(store, { providers: [one.provider], window: october, clock: () => NOW });
  expect(await sync()).toMatchObject({ complete: false, records: { added: 2 } });
  expect(store.failures).toEqual(['not-found']);
  one.failWhen = () => {};
  expect(await sync()).toMatchObject({ complete: true, records: { added: 1 } });
  expect(store.records.map(({ id }) => id).toSorted()).toEqual(['r1', 'r2', 'r3']);
});

it('usage streams to a consumer without any store', async () => {
  const { usage } = carrier().provider;
  const told: string[] = [];
  const window = { from: at('2026-10-01'), to: at('2026-11-01') };
  for await (const { id } of usage?.records({ window }) ?? []) {
    told.push(id);
    if (told.length === 2) break;
  }
  expect(told).toEqual(['r1', 'r2']);
});
