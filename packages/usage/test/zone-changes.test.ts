import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '@carrierkit/core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ledger, openLedger, syncUsage, usageReport } from '../src/index.js';
import { data, FakeCarrier, NOW, sim, source } from './fake-provider.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Changes of clocks that are not of an hour, not at a whole hour, at midnight, or of the rules themselves. */
const CHANGES = [
  // The 30th of December was left out.
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['America/Caracas', '2016-05-01T07:00Z'], // by half an hour, for good
  ['Asia/Pyongyang', '2018-05-04T15:00Z'], // by half an hour, at half past eleven
  ['Antarctica/Casey', '2023-03-08T16:00Z'], // back by three hours
  ['Asia/Almaty', '2024-02-29T18:00Z'], // back at midnight of the 29th of February
  ['Antarctica/Troll', '2026-03-29T01:00Z'], // by two hours
  ['Antarctica/Troll', '2026-10-25T01:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'], // back by half an hour
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Pacific/Chatham', '2026-04-04T14:00Z'], // back from a quarter to four to a quarter to three
  ['Pacific/Chatham', '2026-09-26T14:00Z'],
  ['America/Havana', '2026-03-08T05:00Z'], // a day without midnight
  ['America/Havana', '2026-11-01T05:00Z'], // one with two
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'], // summer time ends for a month of fasting
  ['America/St_Johns', '2026-11-01T04:30Z'],
  ['America/Nuuk', '2026-03-28T23:00Z'], // of the evening before
] as const;

/** Before, at and after the change, to the millisecond, and anywhere in the days around. */
const EVENTS = CHANGES.map(([, change]) => {
  const near = [-180, -90, -60, -45, -30, -15, 0, 15, 30, 45, 60, 90, 180].flatMap((minutes) =>
    [-1, 0, 1].map((ms) => minutes * MINUTE + ms),
  );
  const far = fc.sample(fc.integer({ min: -4 * DAY, max: 4 * DAY }), { seed: 7, numRuns: 40 });
  return [...near, ...far].map((distance) => Date.parse(change) + distance);
});

let folder: string;
let ledgers: readonly Ledger[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledgers = await Promise.all(
    EVENTS.map(async (times, which) => {
      const ledger = await openLedger(join(folder, `${which}.duckdb`));
      const carrier = new FakeCarrier('one', {
        sims: [sim('one', 1)],
        sources: [source({ grain: 'event' })],
        records: times.map((time, index) =>
          data(2 ** (index % 40), { id: `${index}`, grain: 'event', startedAt: instant(time) }),
        ),
      });
      const window = { from: instant(Math.min(...times)), to: instant(Math.max(...times) + 1) };
      await syncUsage({ providers: [carrier.provider], ledger, window, clock: () => NOW });
      return ledger;
    }),
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function instant(time: number): Instant {
  return new Date(time).toISOString() as Instant;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes between UTC and the clocks of the zone, told by the platform and not by a library that the report uses. */
function offsetAt(zone: string, time: number): number {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  clocks.set(zone, clock);
  const name = clock.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

function local(time: number, offset: number): string {
  return new Date(time + offset * MINUTE).toISOString();
}

const KEYS = {
  day: (zone: string, time: number) => local(time, offsetAt(zone, time)).slice(0, 10),
  // An hour of the clock, as far as the clock ran without a change before this moment.
  hour: (zone: string, time: number) => {
    const offset = offsetAt(zone, time);
    const whole = Math.floor(time / MINUTE) * MINUTE;
    let start = whole;
    while (new Date(start + offset * MINUTE).getUTCMinutes() !== 0 && offsetAt(zone, start - MINUTE) === offset)
      start -= MINUTE;
    const size = Math.abs(offset);
    const [hours, minutes] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
    return `${local(start, offset).slice(0, 16)}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
  },
} as const;

it('hours and days around odd changes of clocks are those of the platform, and no event is lost or counted twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: CHANGES.length - 1 }),
      fc.constantFrom('hour' as const, 'day' as const),
      fc.integer({ min: -3, max: 0 }),
      fc.integer({ min: 1, max: 3 }),
      // A window may also end soon after the change, at no midnight.
      fc.option(fc.integer({ min: 1, max: 300 })),
      async (which, bucket, first, last, minutes) => {
        const [zone, change] = CHANGES[which]!;
        const date = (days: number) => KEYS.day(zone, Date.parse(change) + days * DAY);
        fc.pre(date(first) < date(last));
        const end = minutes === null ? null : Date.parse(change) + minutes * MINUTE;
        const { rows, totals, window } = await usageReport({
          ledger: ledgers[which]!,
          window: { from: date(first), to: end === null ? date(last) : instant(end) },
          timezone: zone,
          groupBy: [bucket],
          clock: () => NOW,
        });
        const expected = new Map<string, number>();
        let sum = 0;
        for (const [index, time] of EVENTS[which]!.entries()) {
          // The window holds the local days from the first on, without the last.
          const day = KEYS.day(zone, time);
          if (day < date(first) || (end === null ? day >= date(last) : time >= end)) continue;
          expect(time >= Date.parse(window.from) && time < Date.parse(window.to)).toBe(true);
          const key = KEYS[bucket](zone, time);
          expected.set(key, (expected.get(key) ?? 0) + 2 ** (index % 40));
          sum += 2 ** (index % 40);
        }
        expect(new Map(rows.map((row) => [row[bucket], row.bytes]))).toEqual(expected);
        expect(totals.bytes).toBe(sum);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
