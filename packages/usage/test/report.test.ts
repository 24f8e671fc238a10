import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type GroupKey,
  type Ledger,
  openLedger,
  type ReportFilter,
  type ReportOptions,
  type SyncOptions,
  syncUsage,
  type TopGroups,
  usageReport,
} from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, record, sim, source } from './fake-provider.js';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sync(carriers: readonly FakeCarrier[], over: Partial<SyncOptions> = {}) {
  const providers = carriers.map(({ provider }) => provider);
  return syncUsage({ providers, ledger, window: OCTOBER, clock: () => NOW, ...over });
}

function report(over: Partial<ReportOptions> = {}) {
  return usageReport({ ledger, window: OCTOBER, clock: () => NOW, ...over });
}

const day = (date: number) => at(`2026-10-${String(date).padStart(2, '0')}`);

/** Three SIMs with every kind of key; bytes are powers of ten, so that a sum tells what is in it. */
function diverse(): FakeCarrier {
  return new FakeCarrier('one', {
    sims: [
      sim('one', 1, { tags: ['car', 'north'], attributes: { site: 'Kiel' }, account: 'A' }),
      sim('one', 2, { tags: ['car'], attributes: { site: 'Bonn' }, account: 'B' }),
      sim('one', 3),
    ],
    sources: [source({ kinds: ['data', 'sms'], grain: 'event' })],
    records: [
      data(1, { id: 'a', grain: 'event', startedAt: day(1), iccid: iccid(1), country: 'DE', direction: 'outbound' }),
      data(10, { id: 'b', grain: 'event', startedAt: day(2), iccid: iccid(2), country: 'FR', technology: '4G' }),
      data(100, { id: 'c', grain: 'event', startedAt: day(3), iccid: iccid(3), costType: 'free', account: 'C' }),
      data(1000, {
        id: 'd',
        grain: 'event',
        startedAt: day(4),
        iccid: iccid(1),
        operator: { mcc: '262', mnc: '01', name: 'Net' },
        cost: { amount: '5', currency: 'EUR' },
      }),
      record({ id: 'e', kind: 'sms', grain: 'event', startedAt: day(4), iccid: iccid(2), messages: 2 }),
    ],
  });
}

describe('groups', () => {
  it.each<[GroupKey, Record<string, number | null>]>([
    ['sim', { [iccid(1)]: 1001, [iccid(2)]: 10, [iccid(3)]: 100 }],
    ['country', { DE: 1, FR: 10, null: 1100 }],
    ['account', { A: 1001, B: 10, C: 100 }],
    ['attribute:site', { Kiel: 1001, Bonn: 10, null: 100 }],
    ['attribute:none', { null: 1111 }],
    ['technology', { '4G': 10, null: 1101 }],
    ['operator', { 'Net (262-01)': 1000, null: 111 }],
    ['direction', { outbound: 1, null: 1110 }],
    ['costType', { free: 100, unknown: 1011 }],
    ['kind', { data: 1111, sms: null }],
    ['tag', { car: 1011, north: 1001, null: 100 }],
  ])('by %s', async (key, expected) => {
    await sync([diverse()]);
    const { rows, totals } = await report({ groupBy: [key] });
    expect(Object.fromEntries(rows.map((row) => [String(row[key]), row.bytes]))).toEqual(expected);
    expect(totals).toMatchObject({ bytes: 1111, messages: 2, records: 5, cost: { EUR: '5.00' } });
  });

  it('by tag overlap, say so, and do not swell the totals', async () => {
    await sync([diverse()]);
    const { rows, warnings } = await report({ groupBy: ['tag'] });
    expect(rows.map(({ tag, overlapping }) => [tag, overlapping])).toEqual([
      ['car', true],
      ['north', true],
      [null, false],
    ]);
    expect(warnings.join()).toContain('Rows by tag overlap');
  });

  it('have the tags that the SIM had at the time', async () => {
    const carrier = diverse();
    await sync([carrier], { clock: () => Date.parse('2026-10-03T12:00:00Z') });
    carrier.sims = [sim('one', 1, { tags: ['south'] }), ...carrier.sims.slice(1)];
    await sync([carrier], { clock: () => Date.parse('2026-10-03T18:00:00Z') });
    await sync([carrier]);
    const { rows } = await report({ groupBy: ['tag'] });
    expect(Object.fromEntries(rows.map((row) => [String(row.tag), row.bytes]))).toEqual({
      car: 11,
      north: 1,
      south: 1000,
      null: 100,
    });
  });

  it('can be the billing cycles of each provider', async () => {
    await sync([
      new FakeCarrier('one', { records: [data(1, { startedAt: day(14) }), data(10, { startedAt: day(15) })] }),
    ]);
    const cycles = async (billingCycleDay: ReportOptions['billingCycleDay']) =>
      (await report({ groupBy: ['cycle'], ...(billingCycleDay !== undefined && { billingCycleDay }) })).rows.map(
        (row) => [row.cycle, row.bytes],
      );
    expect(await cycles({ one: 15 })).toEqual([
      ['2026-09-15', 1],
      ['2026-10-15', 10],
    ]);
    expect(await cycles({ two: 15 })).toEqual([['2026-10-01', 11]]);
    await expect(cycles(32)).rejects.toMatchObject({ kind: 'input' });
  });

  it.each([[['colour']], [['sim', 'sim']], [['attribute:']]])(
    'are refused where there is no such key: %j',
    async (groupBy) => {
      await expect(report({ groupBy: groupBy as GroupKey[] })).rejects.toMatchObject({ kind: 'input' });
    },
  );

  it('are not hours where a carrier tells days, unless those are filtered out', async () => {
    await sync([diverse(), new FakeCarrier('days', { records: [data(7, { provider: 'days', startedAt: day(1) })] })]);
    await expect(report({ groupBy: ['hour'] })).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('days tells data per day'),
    });
    expect((await report({ groupBy: ['hour'], filter: { providers: ['one'] } })).rows).toHaveLength(4);
  });
});

describe('filters', () => {
  it.each<[ReportFilter, number | null]>([
    [{ sims: [iccid(1)] }, 1001],
    [{ sims: [] }, null],
    [{ countries: ['DE', 'FR'] }, 11],
    [{ accounts: ['C'] }, 100],
    [{ tags: ['north'] }, 1001],
    [{ tags: ['north', 'car'] }, 1011],
    [{ attributes: { site: 'Bonn' } }, 10],
    [{ attributes: { site: "'; DROP TABLE usage; --" } }, null],
    [{ directions: ['outbound'] }, 1],
    [{ costTypes: ['free'] }, 100],
    [{ technologies: ['4G'] }, 10],
    [{ kinds: ['sms'] }, null],
    [{ tags: ['car'], countries: ['FR'] }, 10],
    [{ providers: ['two'] }, null],
  ])('%j', async (filter, bytes) => {
    await sync([diverse()]);
    expect((await report({ filter, groupBy: ['sim'] })).totals.bytes).toBe(bytes);
  });
});

describe('the highest groups', () => {
  it.each<[TopGroups, string[]]>([
    [{ by: 'bytes', limit: 2 }, [iccid(1), iccid(3)]],
    [{ by: 'messages', limit: 1 }, [iccid(2)]],
    [{ by: { costIn: 'EUR' }, limit: 1 }, [iccid(1)]],
  ])('%j', async (top, sims) => {
    await sync([diverse()]);
    const told = await report({ groupBy: ['sim'], top });
    expect(told.rows.map((row) => row.sim)).toEqual(sims);
    expect(told).toMatchObject({ omitted: 3 - sims.length, totals: { bytes: 1111 } });
    expect(told.warnings.join()).toContain(`Only the ${sims.length} highest groups are listed`);
  });

  it('are none where nobody tells the figure: what is not told is not high', async () => {
    await sync([diverse()]);
    const told = await report({ groupBy: ['sim'], top: { by: { costIn: 'NOK' }, limit: 2 } });
    expect(told).toMatchObject({ rows: [], omitted: 3, totals: { bytes: 1111 } });
    expect(told.warnings).toContain(
      'The figure to rank by is told for none of the 3 groups; they count in the totals alone.',
    );
  });

  it('are at least one', async () => {
    await expect(report({ top: { by: 'bytes', limit: 0 } })).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('days and months of the same usage', () => {
  const both = () =>
    new FakeCarrier('one', {
      sources: [source({ grain: 'day' }), source({ grain: 'month', windowDays: 31 })],
      records: [
        data(40, { startedAt: day(5) }),
        data(2, { startedAt: day(6) }),
        data(43, { startedAt: day(1), grain: 'month' }),
      ],
    });

  it('are never added: what was read for more of the time counts, the finer one where both were', async () => {
    const carrier = both();
    await sync([carrier], { grain: 'month' });
    expect((await report()).totals).toMatchObject({ bytes: 43, records: 1 });
    await sync([carrier], { grain: 'day', window: { from: '2026-10-01', to: '2026-10-06' } });
    expect((await report()).totals).toMatchObject({ bytes: 43, records: 1 });
    await sync([carrier], { grain: 'day' });
    expect((await report()).totals).toMatchObject({ bytes: 42, records: 2 });
    expect(await ledger.query('SELECT sum(bytes)::VARCHAR AS bytes FROM usage_v1')).toEqual([{ bytes: '42' }]);
  });
});

it('sums of groups are the sums of their records, whatever the groups', async () => {
  const kinds = ['data', 'sms', 'voice'] as const;
  const one = fc.record({
    kind: fc.constantFrom(...kinds),
    date: fc.integer({ min: 1, max: 31 }),
    card: fc.integer({ min: 1, max: 4 }),
    amount: fc.option(fc.integer({ min: 0, max: 2 ** 40 })),
    country: fc.constantFrom('DE', 'FR', null),
    cost: fc.option(fc.tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.constantFrom('EUR', 'JPY'))),
  });
  const told = fc.sample(one, { numRuns: 300, seed: 3 });
  const carrier = new FakeCarrier('one', {
    sims: [1, 2, 3, 4].map((index) => sim('one', index)),
    sources: [source({ kinds: [...kinds], grain: 'event' })],
    records: told.map(({ kind, date, card, amount, country, cost }, index) =>
      record({
        id: `r${index}`,
        kind,
        grain: 'event',
        startedAt: day(date),
        iccid: iccid(card),
        country,
        bytes: kind === 'data' && amount !== null ? { total: amount, up: null, down: null } : null,
        seconds: kind === 'voice' ? amount : null,
        messages: kind === 'sms' ? amount : null,
        cost: cost && {
          amount: `${Math.floor(cost[0] / 1000)}.${String(cost[0] % 1000).padStart(3, '0')}`,
          currency: cost[1],
        },
      }),
    ),
  });
  await sync([carrier]);
  const sum = (kind: string) => {
    const amounts = told.filter((one) => one.kind === kind).flatMap(({ amount }) => amount ?? []);
    return amounts.length === 0 ? null : amounts.reduce((a, b) => a + b, 0);
  };
  const untold = (kind: string) => told.filter((one) => one.kind === kind && one.amount === null).length;
  const cost = (currency: string) => told.reduce((all, one) => all + (one.cost?.[1] === currency ? one.cost[0] : 0), 0);
  const keys = fc.uniqueArray(fc.constantFrom<GroupKey>('day', 'sim', 'kind', 'country', 'week', 'provider', 'month'), {
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(keys, async (groupBy) => {
      const { rows, totals } = await report({ groupBy });
      expect(totals).toMatchObject({
        records: 300,
        bytes: sum('data'),
        seconds: sum('voice'),
        messages: sum('sms'),
        untold: {
          bytes: untold('data'),
          seconds: untold('voice'),
          messages: untold('sms'),
          cost: told.filter((one) => one.cost === null).length,
        },
      });
      expect(Math.round(Number(totals.cost?.['EUR']) * 1000)).toBe(cost('EUR'));
      expect(Math.round(Number(totals.cost?.['JPY']) * 1000)).toBe(cost('JPY'));
      expect(rows.reduce((all, row) => all + Number(row.bytes ?? 0), 0)).toBe(sum('data'));
      expect(rows.reduce((all, row) => all + row.records, 0)).toBe(300);
      expect(new Set(rows.map((row) => JSON.stringify(groupBy.map((key) => row[key])))).size).toBe(rows.length);
    }),
    { numRuns: 25 },
  );
}, 60_000);
