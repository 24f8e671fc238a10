import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  explainUsage,
  type Ledger,
  openLedger,
  silentSims,
  syncUsage,
  usageGrowth,
  usageReport,
} from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, record, sim, source } from './fake-provider.js';

/** An earlier inventory, before all usage of this month. */
const BEFORE = Date.parse('2026-11-19T12:00:00Z');
const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };
let folder: string;
let ledger: Ledger;
let carrier: FakeCarrier;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
  carrier = new FakeCarrier('one', {
    sims: [1, 2, 3, 4].map((index) =>
      sim('one', index, index === 4 ? { state: { value: 'suspended', raw: 'SUSPENDED' } } : {}),
    ),
    sources: [source({ unit: { name: 'kB', bytes: 1000, basis: 'inferred' } })],
    records: [
      data(100, { iccid: iccid(1), startedAt: at('2026-11-20') }),
      data(5000, { iccid: iccid(2), startedAt: at('2026-10-20') }),
      data(0, { iccid: iccid(3), startedAt: at('2026-11-21'), cost: { amount: '2', currency: 'EUR' } }),
      data(7, { iccid: iccid(4), startedAt: at('2026-11-22') }),
    ],
  });
  await sync();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function sync(now = NOW, file = join(folder, 'ledger.duckdb')) {
  return syncUsage({
    providers: [carrier.provider],
    ledger: await openLedger(file),
    window: { from: '2026-10-01', to: '2026-12-01' },
    clock: () => now,
  });
}

describe('silent SIMs', () => {
  it('are the active ones without usage, the idle ones that cost money, and the ones used while off', async () => {
    await sync(BEFORE, join(folder, 'longer.duckdb'));
    await sync(NOW, join(folder, 'longer.duckdb'));
    const ledger = await openLedger(join(folder, 'longer.duckdb'));
    const { sims, window, coverage } = await silentSims({ ledger, days: 30, clock: () => NOW });
    expect(window).toEqual({ from: at('2026-10-26'), to: at('2026-11-25T12:00:00Z') });
    expect(coverage).toHaveLength(1);
    expect(sims.map(({ finding, iccid: id, lastUsedAt }) => [finding, id, lastUsedAt])).toEqual([
      ['charged-idle', iccid(3), null],
      ['silent', iccid(2), at('2026-10-20')],
      ['silent', iccid(3), null],
      ['used-while-off', iccid(4), at('2026-11-22')],
    ]);
    expect(sims[0]?.figures).toMatchObject({ bytes: 0, cost: { EUR: '2.00' } });
    expect(sims[3]?.figures).toMatchObject({ bytes: 7 });
  });

  it('were active all the time: one that was suspended until yesterday is not silent', async () => {
    carrier.sims = carrier.sims.map((one, index) => (index === 3 ? sim('one', 4) : one));
    carrier.records = carrier.records.slice(0, 3);
    await sync(NOW + 1000);
    const { sims } = await silentSims({ ledger, days: 30, clock: () => NOW + 2000 });
    expect(sims.filter(({ iccid: id }) => id === iccid(4))).toEqual([]);
  });

  it('were used while off only where inventories before and after the usage say so', async () => {
    const found = async () => {
      const { sims } = await silentSims({ ledger, days: 30, clock: () => NOW + 3000 });
      return sims.filter(({ finding }) => finding === 'used-while-off').map(({ iccid: id }) => id);
    };
    expect(await found(), 'first seen after the usage').toEqual([]);
    carrier.records = [...carrier.records, data(9, { iccid: iccid(4), startedAt: at('2026-11-25T13:00:00Z') })];
    await sync(NOW + 1000);
    expect(await found(), 'not seen after the usage').toEqual([]);
  });

  it('were read: of a time that nobody asked about, nothing is known', async () => {
    await syncUsage({
      providers: [carrier.provider],
      ledger: await openLedger(join(folder, 'october.duckdb')),
      window: { from: '2026-10-01', to: '2026-11-01' },
      clock: () => NOW,
    });
    const october = await openLedger(join(folder, 'october.duckdb'));
    const { sims } = await silentSims({ ledger: october, days: 20, clock: () => NOW });
    expect(sims.filter(({ finding }) => finding === 'silent')).toEqual([]);
  });

  it('are asked for by whole days', async () => {
    await expect(silentSims({ ledger, days: 0.5 })).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('silent SIMs of some providers', () => {
  it('are those of these alone, and so is what was read', async () => {
    const other = new FakeCarrier('two', { sims: [sim('two', 9)] });
    await syncUsage({
      providers: [other.provider],
      ledger,
      window: { from: '2026-10-01', to: '2026-12-01' },
      clock: () => NOW,
    });
    const of = async (providers: readonly string[]) => {
      const { sims, coverage } = await silentSims({ ledger, days: 30, providers, clock: () => NOW });
      return [sims.map(({ iccid: id }) => id), coverage.map(({ provider }) => provider)];
    };
    expect(await of(['two'])).toEqual([[iccid(9)], ['two']]);
    expect(await of(['one'])).toEqual([[iccid(3), iccid(2), iccid(3)], ['one']]);
  });
});

describe('an explanation', () => {
  it('holds the records, the reading, the unit and the former figures behind a sum', async () => {
    carrier.records = carrier.records.map((one) =>
      one.iccid === iccid(1) ? data(250, { iccid: iccid(1), startedAt: at('2026-11-20') }) : one,
    );
    await sync(NOW + 3_600_000);
    const filter = { sims: [iccid(1)], kinds: ['data'] as const };
    const told = await explainUsage({ ledger, window: NOVEMBER, filter, clock: () => NOW });
    expect(told).toMatchObject({
      figures: { records: 1, bytes: 250 },
      omitted: 0,
      records: [
        {
          iccid: iccid(1),
          startedAt: at('2026-11-20'),
          bytes: '250',
          raw: { told: true },
          fetch: { readAt: at('2026-11-25T13:00:00Z'), source: 'data/day/account', unit: { name: 'kB', bytes: 1000 } },
          corrections: [{ at: at('2026-11-25T13:00:00Z'), bytes: '100' }],
        },
      ],
    });
    const report = await usageReport({ ledger, window: NOVEMBER, filter, clock: () => NOW });
    expect(told.figures).toEqual(report.totals);
  });

  it('says how many records it leaves out, and of nothing that it is nothing', async () => {
    expect(await explainUsage({ ledger, window: NOVEMBER, limit: 1, clock: () => NOW })).toMatchObject({
      figures: { records: 3, bytes: 107 },
      omitted: 2,
      records: [{ iccid: iccid(1) }],
    });
    const empty = await explainUsage({ ledger, window: NOVEMBER, filter: { sims: ['1'] }, clock: () => NOW });
    expect(empty).toMatchObject({ figures: { records: 0, bytes: null }, records: [], omitted: 0 });
  });
});

it('growth is the difference to the window before, highest first', async () => {
  const { rows, before } = await usageGrowth({ ledger, window: NOVEMBER, clock: () => NOW });
  expect(before.window).toMatchObject({ from: at('2026-10-02'), to: at('2026-11-01') });
  expect(rows.map(({ group, change }) => [group.sim, change])).toEqual([
    [iccid(1), '100'],
    [iccid(4), '7'],
  ]);
});

describe('growth', () => {
  beforeEach(async () => {
    carrier.records = [
      data(100, { iccid: iccid(1), startedAt: at('2026-11-20') }),
      data(60, { iccid: iccid(1), startedAt: at('2026-10-20'), country: 'DE' }),
      data(5000, { iccid: iccid(2), startedAt: at('2026-10-20') }),
      data(5000, { iccid: iccid(2), startedAt: at('2026-11-20') }),
      // Not told in one of the windows: nobody knows by how much it grew.
      record({ iccid: iccid(3), startedAt: at('2026-10-20') }),
      data(9, { iccid: iccid(3), startedAt: at('2026-11-20') }),
      data(2 ** 53 - 1, { iccid: iccid(4), startedAt: at('2026-11-20') }),
    ];
    await sync(NOW + 1000);
  });

  it('of what was used before is the difference, and both figures stand beside it', async () => {
    const { rows } = await usageGrowth({ ledger, window: NOVEMBER, clock: () => NOW });
    expect(rows).toMatchObject([
      { group: { sim: iccid(4) }, before: null, change: String(2 ** 53 - 1) },
      { group: { sim: iccid(1) }, before: { bytes: 60 }, now: { bytes: 100 }, change: '40' },
    ]);
  });

  it('is told by any figure, for any groups, against any window, and not beyond the limit', async () => {
    const asked = { ledger, window: NOVEMBER, clock: () => NOW };
    const before = { from: '2026-10-01', to: '2026-10-10' };
    const byRecords = await usageGrowth({ ...asked, by: 'records', before, limit: 2 });
    expect(byRecords.before.window).toMatchObject({ from: at('2026-10-01'), to: at('2026-10-10') });
    expect(byRecords.rows.map(({ change }) => change)).toEqual(['1', '1']);
    const byCountry = await usageGrowth({ ...asked, groupBy: ['country'], by: 'records' });
    expect(byCountry.rows).toMatchObject([{ group: { country: null }, change: '2' }]);
  });
});
