import { ConnectivityError, type Iccid } from '@carrierkit/core';
import { expect, test } from 'vitest';
import { createFleet } from '../src/index.js';
import { iccidAt, type MiniOptions, type MiniVendor, mini, miniVendor } from './support/mini.js';
import { MortalStore, outcomesOf } from './support/runs.js';

const COUNT = 60;
const sims: readonly Iccid[] = Array.from({ length: COUNT }, (_, index) => iccidAt('8988', index));
const job = { type: 'change', sims, to: 'suspended' } as const;
const down = new ConnectivityError('unavailable', 'no answer for this one');
const lost = new ConnectivityError('timeout', 'no answer in time', { effect: 'unknown' });

/** One vendor, and a clock that only sleeping moves. */
async function stage(vendor: MiniVendor, options: MiniOptions = {}, runStore?: MortalStore) {
  const start = Date.parse('2026-11-15T12:00:00Z');
  let now = start;
  const fleet = await createFleet(
    { providers: { iot: mini({ sims: COUNT, ...options }, vendor) } },
    {
      clock: () => now,
      sleep: async (ms) => {
        now += ms;
      },
      ...(runStore && { runStore }),
    },
  );
  return { fleet, sleptMs: () => now - start };
}

const touched = (vendor: MiniVendor, iccid: Iccid) =>
  vendor.calls.filter(({ method, iccids }) => method === 'change' && iccids.includes(iccid));

for (const { parallelCalls, simsPerCall, bad } of [
  { parallelCalls: 1, simsPerCall: 1, bad: [0] },
  { parallelCalls: 1, simsPerCall: 10, bad: [7] },
  { parallelCalls: 3, simsPerCall: 1, bad: [0, 1, 2, 3, 30] },
  { parallelCalls: 5, simsPerCall: 10, bad: [3, 4, 59] },
]) {
  test(`SIMs ${bad.join()} of ${COUNT} always fail the whole call (${parallelCalls} at once, ${simsPerCall} a call): all others are done`, async () => {
    const vendor = miniVendor('iot', { sims: COUNT });
    const refused = new Set<string>(bad.map((index) => sims[index]!));
    vendor.fail['change'] = (iccids: readonly string[]) => iccids.some((iccid) => refused.has(iccid)) && down;
    const { fleet, sleptMs } = await stage(vendor, { parallelCalls, simsPerCall });
    const report = await fleet.runs.start(job, { id: 'r1' });
    expect(report).toMatchObject({
      finished: true,
      outages: {},
      counts: { applied: COUNT - bad.length, failed: bad.length, unknown: 0 },
    });
    for (const { item, ...outcome } of await outcomesOf(fleet.runs, 'r1'))
      expect(outcome).toMatchObject(
        bad.includes(item)
          ? { status: 'failed', error: { kind: 'unavailable', effect: 'none' } }
          : { status: 'applied' },
      );
    expect(vendor.effects).toHaveLength(COUNT - bad.length);
    // At the end nobody but the refused ones is left to ask for, which looks like an outage; that is waited out once.
    expect(sleptMs()).toBeLessThanOrEqual(330_000);
    for (const iccid of refused) expect(touched(vendor, iccid as Iccid).length).toBeLessThanOrEqual(30);
  });
}

test('a SIM whose call is always lost, and does nothing, is failed where that can be read and unknown where not', async () => {
  for (const changesApplyAtOnce of [true, false]) {
    const vendor = miniVendor('iot', { sims: COUNT });
    vendor.onWrite = (_, when, about) => {
      if (when === 'before' && about.includes(sims[5]!)) throw lost;
    };
    const { fleet } = await stage(vendor, { changesApplyAtOnce, simsPerCall: 1, parallelCalls: 2 });
    const { finished, counts } = await fleet.runs.start(job, { id: 'r1' });
    expect(finished).toBe(true);
    expect(counts).toMatchObject({ applied: COUNT - 1, ...(changesApplyAtOnce ? { failed: 1 } : { unknown: 1 }) });
    const outcome = (await outcomesOf(fleet.runs, 'r1'))[5];
    expect(outcome).toMatchObject({ error: { kind: 'timeout', effect: changesApplyAtOnce ? 'none' : 'unknown' } });
    expect(touched(vendor, sims[5]!).length).toBeLessThanOrEqual(changesApplyAtOnce ? 4 : 1);
  }
});

test('a SIM that cannot be read after its call was lost is unknown, with the error of the call', async () => {
  const vendor = miniVendor('iot', { sims: COUNT });
  vendor.onWrite = (_, when, about) => {
    if (when === 'after' && about.includes(sims[5]!)) throw lost;
  };
  vendor.fail['get'] = down;
  const { fleet } = await stage(vendor, { simsPerCall: 1, parallelCalls: 2 });
  const report = await fleet.runs.start(job, { id: 'r1' });
  expect(report).toMatchObject({ finished: true, counts: { applied: COUNT - 1, unknown: 1 } });
  expect((await outcomesOf(fleet.runs, 'r1'))[5]).toMatchObject({
    status: 'unknown',
    error: { kind: 'timeout', message: 'no answer in time', effect: 'unknown' },
  });
  expect(touched(vendor, sims[5]!)).toHaveLength(1);
});

test('the last SIM of a run that is refused by a vendor that is there is failed after the patience, also by resume', async () => {
  const vendor = miniVendor('iot', { sims: COUNT });
  vendor.fail['change'] = down;
  const { fleet, sleptMs } = await stage(vendor);
  const only = { ...job, sims: [sims[0]!] };
  const patience = { outagePatienceMs: 60_000 };
  expect(await fleet.runs.start(only, { id: 'r1', outagePatienceMs: 0 })).toMatchObject({
    finished: false,
    outages: { iot: { kind: 'unavailable' } },
  });
  expect(await fleet.runs.resume('r1', patience)).toMatchObject({ finished: true, outages: {}, counts: { failed: 1 } });
  expect(sleptMs()).toBe(60_000);
});

test('a vendor that answers reads but takes no write at all is an outage: what is left stays for resume', async () => {
  const vendor = miniVendor('iot', { sims: COUNT });
  vendor.fail['change'] = down;
  const { fleet } = await stage(vendor, { simsPerCall: 1 });
  expect(await fleet.runs.start(job, { id: 'r1' })).toMatchObject({
    finished: false,
    counts: { failed: 0 },
    outages: { iot: { kind: 'unavailable' } },
  });
  vendor.fail = {};
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: COUNT } });
});

test('of a mixed answer, what an outage refused is done later, and what was lost is found out', async () => {
  const vendor = miniVendor('iot', { sims: COUNT });
  const once = new Map<string, ConnectivityError>([
    [sims[1]!, down],
    [sims[2]!, lost],
  ]);
  vendor.onItem = (_, iccid) => {
    const error = once.get(iccid);
    once.delete(iccid);
    if (error) throw error;
  };
  const { fleet, sleptMs } = await stage(vendor, { simsPerCall: 10 });
  expect(await fleet.runs.start(job, { id: 'r1' })).toMatchObject({ finished: true, counts: { applied: COUNT } });
  expect([vendor.effects.length, sleptMs()]).toEqual([COUNT, 0]);
});

test('a repeated call tells only what it knows: the rest of a mixed answer is read back', async () => {
  for (const kind of ['unavailable', 'permission'] as const) {
    const store = new MortalStore();
    const vendor = miniVendor('iot', { sims: COUNT });
    const options = { keyHours: 24, simsPerCall: 2, parallelCalls: 1 };
    vendor.onWrite = (_, when) => {
      store.assertAlive();
      if (when === 'after') store.dead = true;
    };
    const { fleet: first } = await stage(vendor, options, store);
    const two = { ...job, sims: sims.slice(0, 2) };
    await expect(first.runs.start(two, { id: 'r1' })).rejects.toThrow('process');
    expect(vendor.effects).toHaveLength(2);
    await store.live();
    vendor.onWrite = () => {};
    // The key is forgotten, and the second call is refused for one of the SIMs that the first one has changed.
    vendor.answers.clear();
    vendor.onItem = (_, iccid) => {
      if (iccid === sims[0]) throw new ConnectivityError(kind, 'not now');
    };
    const { fleet } = await stage(vendor, options, store);
    expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: 2 } });
    expect(vendor.calls.filter(({ method }) => method === 'get')).toHaveLength(1);
  }
});

test('a carrier that is down holds up no other one, also with calls left open', async () => {
  const store = new MortalStore();
  const emea = miniVendor('emea', { prefix: '8944', sims: 10 });
  const iot = miniVendor('iot', { sims: 10 });
  let emeaBeforeSleep = -1;
  const sleep = async () => {
    if (emeaBeforeSleep < 0) emeaBeforeSleep = emea.effects.length;
  };
  const config = {
    providers: {
      iot: mini({ sims: 10, parallelCalls: 1 }, iot),
      emea: mini({ prefix: '8944', sims: 10, parallelCalls: 1 }, emea),
    },
    routing: { iccidPrefixes: { 8944: 'emea', 8988: 'iot' } },
  };
  iot.onWrite = (_, when) => {
    store.assertAlive();
    if (when === 'after') store.dead = true;
  };
  emea.onWrite = () => store.assertAlive();
  const both = { ...job, sims: [...iot.sims.keys(), ...emea.sims.keys()] };
  const first = await createFleet(config, { runStore: store, sleep });
  await expect(first.runs.start(both, { id: 'r1' })).rejects.toThrow('process');
  await store.live();
  iot.onWrite = () => {};
  iot.fail = { get: down, change: down, check: down };
  const second = await createFleet(config, { runStore: store, sleep });
  expect(await second.runs.resume('r1')).toMatchObject({ finished: false, counts: { applied: 10 } });
  expect(emeaBeforeSleep).toBeGreaterThan(0);
  iot.fail = {};
  expect(await second.runs.resume('r1')).toMatchObject({ finished: true, counts: { applied: 20 } });
  expect([iot.effects.length, emea.effects.length]).toEqual([10, 10]);
});
