import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bucketsOf } from '@carrierkit/core/time';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Ledger, openLedger, syncUsage, usageReport } from '../src/index.js';
import { at, data, FakeCarrier, NOW, record, source } from './fake-provider.js';

const SPAN = { from: '2026-10-01', to: '2026-11-01' };
let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Session {
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
}

async function fill(sessions: readonly Session[]): Promise<void> {
  const carrier = new FakeCarrier('one', {
    sources: [source({ kinds: ['data', 'sms'], grain: 'event' })],
    records: [
      ...sessions.map(({ from, to, bytes }, index) =>
        data(bytes, {
          id: `session-${index}`,
          grain: 'event',
          startedAt: at(from),
          endedAt: at(to),
          cost: { amount: '1', currency: 'EUR' },
        }),
      ),
      record({ id: 'sms', kind: 'sms', grain: 'event', startedAt: at('2026-10-05T23:59:59Z'), messages: 1 }),
    ],
  });
  await syncUsage({ providers: [carrier.provider], ledger, window: SPAN, clock: () => NOW });
}

function report(over: object) {
  return usageReport({ ledger, window: SPAN, filter: { kinds: ['data'] }, clock: () => NOW, ...over });
}

it('counts a session where it began, or parts it at midnight on request', async () => {
  await fill([{ from: '2026-10-10T20:00:00Z', to: '2026-10-11T02:00:00Z', bytes: 601 }]);
  const days = async (over: object) =>
    (await report({ groupBy: ['day'], ...over })).rows.map(({ day, bytes, records, cost }) => [
      day,
      bytes,
      records,
      cost,
    ]);
  expect(await days({})).toEqual([['2026-10-10', 601, 1, { EUR: '1.00' }]]);
  expect(await days({ prorate: true })).toEqual([
    ['2026-10-10', 400, 1, { EUR: '1.00' }],
    ['2026-10-11', 201, 0, null],
  ]);
  // Midnight in Berlin is two hours earlier.
  expect(await days({ prorate: true, timezone: 'Europe/Berlin' })).toEqual([
    ['2026-10-10', 200, 1, { EUR: '1.00' }],
    ['2026-10-11', 401, 0, null],
  ]);
});

it('counts of a session what lies in the window, and its record and cost where it began', async () => {
  await fill([{ from: '2026-10-10T12:00:00Z', to: '2026-10-12T12:00:00Z', bytes: 400 }]);
  const window = { from: '2026-10-11', to: '2026-10-12' };
  const { totals, warnings } = await report({ window, prorate: true });
  expect(totals).toMatchObject({ bytes: 200, records: 0, cost: null, untold: { bytes: 0, cost: 0 } });
  expect(warnings.join()).toContain('parted by time');
  expect((await report({ window })).totals).toMatchObject({ bytes: null, records: 0 });
});

it('loses and doubles no byte, whatever the sessions and the zone', async () => {
  const day = fc.integer({ min: Date.parse(SPAN.from), max: Date.parse('2026-10-28') });
  const session = fc
    .tuple(day, fc.integer({ min: 0, max: 3 * 86_400_000 }), fc.integer({ min: 0, max: 2 ** 50 }))
    .map(([from, length, bytes]) => ({
      from: new Date(from).toISOString(),
      to: new Date(from + length).toISOString(),
      bytes,
    }));
  const sessions = fc.sample(session, { numRuns: 60, seed: 7 });
  await fill(sessions);
  const sum = sessions.reduce((total, { bytes }) => total + BigInt(bytes), 0n);
  for (const timezone of ['UTC', 'Europe/Berlin', 'Asia/Kathmandu']) {
    for (const groupBy of [['day'], ['hour'], ['week', 'provider'], []]) {
      const window = { from: '2026-09-30', to: '2026-11-02' };
      const { totals, rows } = await report({ window, timezone, groupBy, prorate: true });
      expect(BigInt(totals.bytes ?? 0)).toBe(sum);
      expect(totals.records).toBe(sessions.length);
      if (groupBy[0] !== 'day') continue;
      // Each day has what lies in it, give or take the byte that parting in whole numbers moves for each session.
      for (const { from, to } of bucketsOf({ from: at('2026-10-01'), to: at('2026-10-31') }, 'day', {
        zone: timezone,
      })) {
        const inside = sessions.reduce((total, one) => total + shareOf(one, Date.parse(from), Date.parse(to)), 0);
        const label = new Date(Date.parse(from) + 86_400_000 / 2).toISOString().slice(0, 10);
        const told = Number(rows.find((row) => row.day === label)?.bytes ?? 0);
        expect(Math.abs(told - inside)).toBeLessThanOrEqual(sessions.length + inside * 1e-9);
      }
    }
  }
});

function shareOf({ from, to, bytes }: Session, start: number, end: number): number {
  const [begin, stop] = [Date.parse(from), Date.parse(to)];
  if (begin === stop) return begin >= start && begin < end ? bytes : 0;
  return (bytes * Math.max(0, Math.min(stop, end) - Math.max(begin, start))) / (stop - begin);
}
