import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '@carrierkit/core';
import { bucketOf } from '@carrierkit/core/time';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ledger, openLedger, syncUsage, type TimeKey, usageReport } from '../src/index.js';
import { at, data, FakeCarrier, NOW, sim, source } from './fake-provider.js';

const SPAN = { from: '2026-02-01', to: '2026-11-20' };
// Berlin and New York change clocks, Lord Howe by half an hour, Kathmandu stands at 5:45, Apia's day is another one.
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const FORMATS: Readonly<Record<TimeKey, string>> = {
  hour: "yyyy-MM-dd'T'HH:mmZZ",
  day: 'yyyy-MM-dd',
  week: "kkkk-'W'WW",
  month: 'yyyy-MM',
  cycle: 'yyyy-MM-dd',
};
/** Around changes of clocks, month ends and midnights. */
const EDGES = [
  ...[
    '2026-03-29T01:00:00Z',
    '2026-10-25T00:00:00Z',
    '2026-10-25T01:00:00Z',
    '2026-03-08T07:00:00Z',
    '2026-11-01T06:00:00Z',
  ],
  ...[
    '2026-04-04T15:00:00Z',
    '2026-10-03T15:30:00Z',
    '2026-02-28T23:00:00Z',
    '2026-03-01T00:00:00Z',
    '2026-03-31T22:00:00Z',
  ],
  ...[
    '2026-04-30T22:00:00Z',
    '2026-10-24T22:00:00Z',
    '2026-10-25T23:00:00Z',
    '2026-06-30T18:15:00Z',
    '2026-03-28T23:00:00Z',
  ],
].flatMap((text) => [-1, 0, 1].map((ms) => at(new Date(Date.parse(text) + ms).toISOString())));

let folder: string;
let ledger: Ledger;
const events: { readonly startedAt: Instant; readonly bytes: number }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
  const moments = fc.integer({ min: Date.parse(SPAN.from), max: Date.parse(SPAN.to) - 1 });
  const random = fc.sample(moments, { numRuns: 400, seed: 42 }).map((ms) => new Date(ms).toISOString() as Instant);
  for (const [index, startedAt] of [...EDGES, ...random].entries())
    events.push({ startedAt, bytes: 1 + index * index });
  const carrier = new FakeCarrier('one', {
    sims: [sim('one', 1)],
    sources: [source({ grain: 'event' })],
    records: events.map(({ startedAt, bytes }, index) =>
      data(bytes, { id: `event-${index}`, grain: 'event', startedAt }),
    ),
  });
  await syncUsage({ providers: [carrier.provider], ledger, window: SPAN, clock: () => NOW });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dates = fc
  .tuple(fc.integer({ min: 0, max: 280 }), fc.integer({ min: 1, max: 90 }))
  .map(([start, days]) => ({ from: dateAfter(start), to: dateAfter(start + days) }));

function dateAfter(days: number): string {
  return new Date(Date.parse(SPAN.from) + days * 86_400_000).toISOString().slice(0, 10);
}

describe('time buckets', () => {
  it('are those of the calendar of any zone, and their sums are the sums of the single events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        fc.constantFrom<TimeKey>('hour', 'day', 'week', 'month', 'cycle'),
        fc.integer({ min: 1, max: 31 }),
        dates,
        async (zone, bucket, billingCycleDay, window) => {
          // An hour that is cut in two by clocks that change by thirty minutes has a test of its own.
          fc.pre(bucket !== 'hour' || zone !== 'Australia/Lord_Howe');
          const report = await usageReport({
            ledger,
            window,
            timezone: zone,
            groupBy: [bucket],
            billingCycleDay,
            clock: () => NOW,
          });
          const expected = new Map<string, number>();
          for (const { startedAt, bytes } of events) {
            if (startedAt < report.window.from || startedAt >= report.window.to) continue;
            const { from } = bucketOf(startedAt, bucket, { zone, billingCycleDay });
            const label = DateTime.fromISO(from, { zone })
              .toFormat(FORMATS[bucket])
              .replace(zone === 'UTC' ? '+00:00' : 'no offset', 'Z');
            expected.set(label, (expected.get(label) ?? 0) + bytes);
          }
          expect(new Map(report.rows.map((row) => [row[bucket], row.bytes]))).toEqual(expected);
          const sum = [...expected.values()].reduce((a, b) => a + b, 0);
          expect(report.totals.bytes).toBe(expected.size === 0 ? null : sum);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('tell a day of 25 hours and one of 23 apart from the others', async () => {
    const hours = async (day: string, next: string) => {
      const window = { from: day, to: next };
      const { window: resolved } = await usageReport({ ledger, window, timezone: 'Europe/Berlin', clock: () => NOW });
      return (Date.parse(resolved.to) - Date.parse(resolved.from)) / 3_600_000;
    };
    expect(await hours('2026-10-25', '2026-10-26')).toBe(25);
    expect(await hours('2026-03-29', '2026-03-30')).toBe(23);
  });

  it('begin an hour anew where clocks are put back by half of one', async () => {
    const { rows } = await usageReport({
      ledger,
      window: { from: '2026-04-05', to: '2026-04-06' },
      timezone: 'Australia/Lord_Howe',
      groupBy: ['hour'],
      clock: () => NOW,
    });
    expect(rows.slice(0, 2)).toMatchObject([
      { hour: '2026-04-05T01:00+11:00', records: 1 },
      { hour: '2026-04-05T01:30+10:30', records: 2 },
    ]);
  });

  it('keep the two hours that show the same time when clocks are put back', async () => {
    const { rows } = await usageReport({
      ledger,
      window: { from: '2026-10-25', to: '2026-10-26' },
      timezone: 'Europe/Berlin',
      groupBy: ['hour'],
      clock: () => NOW,
    });
    const hours = rows.map(({ hour }) => hour);
    expect(hours).toContain('2026-10-25T02:00+02:00');
    expect(hours).toContain('2026-10-25T02:00+01:00');
  });
});
