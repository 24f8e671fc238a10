import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { htmlReport, type Ledger, openLedger, parseExchangeRates, syncUsage, usageReport } from '../src/index.js';
import { RateTable } from '../src/report/exchange-rates.js';
import { at, data, FakeCarrier, NOW } from './fake-provider.js';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
const RATES = parseExchangeRates({
  name: 'rates of the treasury, October 2026',
  rates: [
    { date: '2026-10-01', from: 'USD', to: 'EUR', rate: '0.9' },
    { date: '2026-10-05', from: 'USD', to: 'EUR', rate: '0.92' },
    { date: '2026-10-05', from: 'USD', to: 'GBP', rate: '0.7' },
  ],
});
let folder: string;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
  const cost = (day: string, amount: string, currency: string, country: string) =>
    data(1, { startedAt: at(day), country, cost: { amount, currency } });
  const carrier = new FakeCarrier('one', {
    records: [
      cost('2026-10-04', '10.01', 'USD', 'US'),
      cost('2026-10-07', '10', 'USD', 'US'),
      cost('2026-10-08', '1', 'EUR', 'US'),
      cost('2026-10-09', '500', 'JPY', 'JP'),
      cost('2026-10-20', '3', 'USD', 'JP'),
    ],
  });
  await syncUsage({ providers: [carrier.provider], ledger, window: OCTOBER, clock: () => NOW });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const convert = { to: 'EUR', rates: RATES };

it('brings each amount into one currency by the rate of its own day, and names the file and the rates', async () => {
  const report = await usageReport({ ledger, window: OCTOBER, groupBy: ['country'], convert, clock: () => NOW });
  expect(report.rows.map(({ country, cost }) => [country, cost])).toEqual([
    // A rate of fifteen days ago is none, and yen have none at all.
    ['JP', { JPY: '500', USD: '3.00' }],
    // 10.01 × 0.9 + 10 × 0.92 + 1
    ['US', { EUR: '19.209' }],
  ]);
  expect(report.totals.cost).toEqual({ EUR: '19.209', JPY: '500', USD: '3.00' });
  expect(report.conversion).toEqual({
    to: 'EUR',
    name: 'rates of the treasury, October 2026',
    rates: [
      { date: '2026-10-01', from: 'USD', to: 'EUR', rate: '0.9' },
      { date: '2026-10-05', from: 'USD', to: 'EUR', rate: '0.92' },
    ],
    missing: [
      { currency: 'JPY', date: '2026-10-09' },
      { currency: 'USD', date: '2026-10-20' },
    ],
  });
  expect(report.warnings).toContain(
    'No rate into EUR for JPY, USD on 2 days, such as 2026-10-09: these amounts stay as they were told.',
  );
});

it('converts the totals of all groups also where only the highest are listed', async () => {
  const { totals, rows } = await usageReport({
    ledger,
    window: OCTOBER,
    groupBy: ['country'],
    top: { by: 'records', limit: 1 },
    convert,
    clock: () => NOW,
  });
  expect(rows).toHaveLength(1);
  expect(totals.cost).toEqual({ EUR: '19.209', JPY: '500', USD: '3.00' });
});

it('is named on the page', async () => {
  const page = await htmlReport({ ledger, window: OCTOBER, convert, clock: () => NOW });
  expect(page).toContain('Converted into EUR by “rates of the treasury, October 2026”');
  expect(page).toContain('<dt>Cost in EUR</dt><dd>19.21</dd>');
  expect(page).toContain('19.21<small>19.209</small>');
});

it('never happens without rates', async () => {
  const { totals, conversion } = await usageReport({ ledger, window: OCTOBER, clock: () => NOW });
  expect(conversion).toBeNull();
  expect(totals.cost).toEqual({ EUR: '1.00', JPY: '500', USD: '23.01' });
});

it.each([
  [null, 'rates'],
  ['rates', 'rates'],
  [{ rates: [] }, 'rates'],
  [{ name: 'n', rates: ['1 USD = 0.9 EUR'] }, 'rates[0].date'],
  [{ name: 'n', rates: [{ date: '2026-10-01', from: 'dollar', to: 'EUR', rate: '0.9' }] }, 'currency codes'],
  [{ name: 'n', rates: [{ date: '1.10.2026', from: 'USD', to: 'EUR', rate: '1' }] }, 'rates[0].date'],
  [{ name: 'n', rates: [{ date: '2026-10-01', from: 'USD', to: 'EUR', rate: 0.9 }] }, 'rates[0].rate'],
  [{ name: 'n', rates: [{ date: '2026-10-01', from: 'USD', to: 'EUR', rate: '0.00' }] }, 'rates[0].rate'],
])('refuses a rate file that is wrong: %j', (content, path) => {
  expect(() => parseExchangeRates(content)).toThrow(path);
});

it('takes the last rate on or before the day, in whatever order the file has them, and none older than ten days', () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 });
  const date = (day: number) => new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10);
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 50 }), (set, day) => {
      const rates = set.map((one) => ({ date: date(one), from: 'USD', to: 'EUR', rate: `1.${one}` }));
      const last = Math.max(...set.filter((one) => one <= day));
      const found = new RateTable({ name: 'n', rates }, 'EUR').rateOn(date(day), 'USD');
      expect(found?.date ?? null).toBe(day - last <= 10 ? date(last) : null);
    }),
  );
});
