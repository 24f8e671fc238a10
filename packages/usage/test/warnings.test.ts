import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectivityError, type UsageRecord, type UsageSource } from '@carrierkit/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Ledger, openLedger, type ReportOptions, renderReport, syncUsage, usageReport } from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, sim, source } from './fake-provider.js';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function synced(sources: UsageSource[], records: UsageRecord[], grain: 'day' | 'month' = 'day') {
  const carrier = new FakeCarrier('one', { sims: [sim('one', 1), sim('one', 2)], sources, records });
  const sync = () => syncUsage({ providers: [carrier.provider], ledger, window: OCTOBER, grain, clock: () => NOW });
  await sync();
  return { carrier, sync };
}

function report(over: Partial<ReportOptions> = {}) {
  return usageReport({ ledger, window: OCTOBER, clock: () => NOW, ...over });
}

it('months of a carrier are counted by their start, which is said where it does not fit', async () => {
  const told = data(7, { grain: 'month', startedAt: at('2026-10-01') });
  await synced([source({ grain: 'month' })], [told], 'month');
  expect((await report()).warnings.join('\n')).not.toContain('told per UTC');
  for (const over of [
    { groupBy: ['day'] },
    { window: { from: '2026-10-01', to: '2026-10-15' } },
    { groupBy: ['month'], timezone: 'Asia/Tokyo' },
  ] as const) {
    const { warnings, coverage, totals } = await report(over);
    expect(coverage).toMatchObject([{ bucketing: 'vendor-month' }]);
    expect(warnings.join('\n')).toContain('one (data/month/account): told per UTC month and counted by its start');
    expect(totals.bytes).toBe(7);
  }
  expect(renderReport(await report({ groupBy: ['day'] }), 'csv-excel')).toContain('by UTC month of the carrier');
});

it('days of a carrier fit every whole day of UTC, and no other', async () => {
  await synced([source()], [data(7, { startedAt: at('2026-10-02') })]);
  const bucketing = async (over: Partial<ReportOptions>) =>
    (await report(over)).coverage.map((entry) => entry.bucketing);
  expect(await bucketing({ groupBy: ['day'] })).toEqual(['exact']);
  expect(await bucketing({ groupBy: ['day'], timezone: 'Africa/Abidjan' })).toEqual(['exact']);
  expect(await bucketing({ groupBy: ['day'], timezone: 'Europe/Berlin' })).toEqual(['vendor-day']);
  expect(await bucketing({ window: { from: '2026-10-01T06:00:00Z', to: '2026-10-05' } })).toEqual(['vendor-day']);
});

it('a later attempt that failed is told, and the older figures stay', async () => {
  const { carrier, sync } = await synced([source({ scope: 'sim' })], [data(7, { startedAt: at('2026-10-02') })]);
  carrier.failWhen = () => {
    throw new ConnectivityError('unavailable', 'the carrier is down');
  };
  await sync();
  const { warnings, totals } = await report();
  expect(warnings).toContain('one (data/day/sim): 2 of 2 SIMs are not (wholly) read: the carrier is down.');
  expect(totals.bytes).toBe(7);
});

it('a spreadsheet gets days as dates, months and long figures as the text they are', async () => {
  const records = [data(2 ** 53 - 1, { startedAt: at('2026-10-02'), iccid: iccid(1) })];
  await synced([source()], records);
  const lines = renderReport(await report({ groupBy: ['day', 'month', 'sim'] }), 'csv-excel').split('\r\n');
  const row = lines.find((line) => line.includes(iccid(1))) ?? '';
  expect(row).toMatch(/^2026-10-02[;,\t]'2026-10[;,\t]'8944470000000000001[;,\t]/);
  expect(row).toContain("'9007199254740991");
});

it('a report by tag and of some tags has rows of these alone', async () => {
  const carrier = new FakeCarrier('one', {
    sims: [sim('one', 1, { tags: ['north', 'car'], attributes: { b: '2', a: '1' } })],
    records: [data(7, { startedAt: at('2026-10-02') })],
  });
  await syncUsage({ providers: [carrier.provider], ledger, window: OCTOBER, clock: () => NOW });
  const { rows, totals } = await report({ groupBy: ['tag'], filter: { tags: ['car'] } });
  expect(rows.map(({ tag, bytes }) => [tag, bytes])).toEqual([['car', 7]]);
  expect(totals.bytes).toBe(7);
  expect(await ledger.query('SELECT attributes::VARCHAR AS attributes FROM inventory')).toEqual([
    { attributes: '{a=1, b=2}' },
  ]);
});

it('cycles begin on the first where no provider has a day of its own', async () => {
  await synced([source()], [data(7, { startedAt: at('2026-10-02') })]);
  const { rows } = await report({ groupBy: ['cycle'], billingCycleDay: {} });
  expect(rows.map(({ cycle }) => cycle)).toEqual(['2026-10-01']);
});
