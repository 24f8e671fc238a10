import { ConnectivityError, type Iccid } from '@carrierkit/core';
import { expect, test } from 'vitest';
import { createFleet, type RunProgress } from '../src/index.js';
import { iccidAt, type MiniOptions, type MiniVendor, mini, miniVendor } from './support/mini.js';
import { outcomesOf } from './support/runs.js';

const COUNT = 400;
const down = new ConnectivityError('unavailable', 'down');

/** Two vendors, and a clock that only sleeping moves. */
function stage(
  emea: MiniVendor,
  iot: MiniVendor,
  onSleep: (waitedMs: number) => void = () => {},
  more: MiniOptions = {},
) {
  let now = Date.parse('2026-11-15T12:00:00Z');
  const started = now;
  const parts = { simsPerCall: 10, parallelCalls: 3, ...more };
  const config = {
    providers: {
      emea: mini({ prefix: '8944', sims: COUNT, ...parts }, emea),
      iot: mini({ prefix: '8988', sims: COUNT, ...parts }, iot),
    },
    routing: { iccidPrefixes: { 8944: 'emea', 8988: 'iot' } },
  };
  const sleep = async (ms: number) => {
    now += ms;
    onSleep(now - started);
  };
  return createFleet(config, { clock: () => now, sleep });
}

const sims: readonly Iccid[] = Array.from({ length: COUNT }, (_, index) =>
  iccidAt(index % 2 ? '8988' : '8944', Math.floor(index / 2)),
);
const job = () => ({ type: 'change', sims, to: 'suspended' }) as const;
const vendors = () => ({
  emea: miniVendor('emea', { prefix: '8944', sims: COUNT }),
  iot: miniVendor('iot', { prefix: '8988', sims: COUNT }),
});
/** The vendor refuses writes and the read that asks whether it is back. */
const shut = { change: down, check: down };

test('a provider that is down pauses, the others go on, and nothing fails that only came at the wrong time', async () => {
  const { emea, iot } = vendors();
  emea.fail = shut;
  const iotWhile: number[] = [];
  await using fleet = await stage(emea, iot, (waitedMs) => {
    iotWhile.push(iot.effects.length);
    if (waitedMs >= 60_000) emea.fail = {};
  });
  const told: RunProgress[] = [];
  const report = await fleet.runs.start(job(), { id: 'r1', onProgress: (progress) => told.push(progress) });
  expect(report).toMatchObject({ finished: true, outages: {}, counts: { applied: COUNT, failed: 0 } });
  expect([emea.effects.length, iot.effects.length]).toEqual([COUNT / 2, COUNT / 2]);
  // Three calls open the breaker; those that were under way beside them come in too.
  const refused = emea.calls.filter(({ method }) => method === 'change').length - COUNT / 2 / 10;
  expect(refused).toBeGreaterThanOrEqual(3);
  expect(refused).toBeLessThanOrEqual(6);
  expect(told.some(({ paused }) => paused.includes('emea'))).toBe(true);
  expect(told.at(-1)).toMatchObject({ items: COUNT, done: COUNT, failed: 0, unknown: 0, paused: [] });
  expect(told.every(({ done }, index) => done >= (told[index - 1]?.done ?? 0))).toBe(true);
  expect(told.at(-1)?.leftMs).toBe(0);
  expect(told.at(-1)?.itemsPerSecond).toBeGreaterThan(0);
});

test('one that stays down is named, and its items are left for resume', async () => {
  const { emea, iot } = vendors();
  emea.fail = shut;
  await using fleet = await stage(emea, iot);
  const report = await fleet.runs.start(job(), { id: 'r1', outagePatienceMs: 120_000 });
  expect(report).toMatchObject({
    finished: false,
    counts: { applied: COUNT / 2, failed: 0, unknown: 0 },
    outages: { emea: { kind: 'unavailable' } },
  });
  expect(await outcomesOf(fleet.runs, 'r1')).toHaveLength(COUNT / 2);
  emea.fail = {};
  expect(await fleet.runs.resume('r1')).toMatchObject({ finished: true, outages: {}, counts: { applied: COUNT } });
  expect(emea.effects).toHaveLength(COUNT / 2);
});

test('a refused credential is not waited out', async () => {
  const { emea, iot } = vendors();
  let waited = 0;
  emea.fail = { change: new ConnectivityError('authentication', 'wrong token') };
  await using fleet = await stage(emea, iot, (ms) => {
    waited = ms;
  });
  const report = await fleet.runs.start(job(), { id: 'r1' });
  expect(report).toMatchObject({ finished: false, outages: { emea: { kind: 'authentication' } } });
  expect(emea.calls.filter(({ method }) => method === 'change').length).toBeLessThanOrEqual(5);
  expect(waited).toBe(0);
});

const lost = new ConnectivityError('timeout', 'no answer', { effect: 'unknown' });

test('calls that may have arrived in an outage are settled when the vendor is back, and nothing is done twice', async () => {
  const { emea, iot } = vendors();
  // The first half of the calls arrive before their answers are lost.
  let writes = 0;
  emea.onWrite = (_, when) => {
    if (when === 'after' && 'check' in emea.fail && writes++ % 2 === 0) throw lost;
    if (when === 'before' && 'check' in emea.fail && writes % 2 === 1) throw lost;
  };
  emea.fail = { check: down };
  await using fleet = await stage(emea, iot, (waitedMs) => {
    if (waitedMs >= 60_000) emea.fail = {};
  });
  const report = await fleet.runs.start(job(), { id: 'r1' });
  expect(report).toMatchObject({ finished: true, outages: {}, counts: { applied: COUNT, failed: 0, unknown: 0 } });
  expect(emea.effects).toHaveLength(COUNT / 2);
});

test('what cannot be proven either way is unknown, and only that', async () => {
  const { emea, iot } = vendors();
  emea.fail = { change: lost, check: down };
  await using fleet = await stage(
    emea,
    iot,
    (waitedMs) => {
      if (waitedMs >= 60_000) emea.fail = {};
    },
    { changesApplyAtOnce: false },
  );
  const { finished, counts } = await fleet.runs.start(job(), { id: 'r1' });
  expect(finished).toBe(true);
  // Those under way when the breaker opened.
  expect(counts.unknown).toBeGreaterThanOrEqual(30);
  expect(counts.unknown).toBeLessThanOrEqual(60);
  expect(counts.applied).toBe(COUNT - counts.unknown);
});

test('a run that is stopped does not wait for a provider that pauses', async () => {
  const { emea, iot } = vendors();
  emea.fail = shut;
  const stop = new AbortController();
  await using fleet = await stage(emea, iot, () => stop.abort());
  const report = await fleet.runs.start(job(), { id: 'r1', signal: stop.signal });
  expect(report).toMatchObject({ finished: false, outages: {} });
});
