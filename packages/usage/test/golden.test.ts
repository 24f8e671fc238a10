import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  htmlReport,
  openLedger,
  type ReportOptions,
  renderReport,
  syncUsage,
  usageReport,
  writeParquet,
} from '../src/index.js';
import { at, data, FakeCarrier, NOW, record, sim, source } from './fake-provider.js';

/**
 * One small report in every format, as files to be read by people. A change of a format shows as a change of its file:
 * look at it, and renew the files with `npx vitest run packages/usage/test/golden.test.ts -u`.
 */
const folder = mkdtempSync(join(tmpdir(), 'usage-golden-'));
const WINDOW = { from: '2026-10-01', to: '2026-11-01' };
let options: ReportOptions;

beforeAll(async () => {
  const ledger = await openLedger(join(folder, 'ledger.duckdb'));
  options = { ledger, window: WINDOW, groupBy: ['provider', 'sim', 'kind', 'country', 'tag'], clock: () => NOW };
  const north = new FakeCarrier('north', {
    sims: [sim('north', 1, { tags: ['007', 'Meters; south', '=1+1'] }), sim('north', 2)],
    records: [
      data(1_500_000_000, { startedAt: at('2026-10-03'), country: 'DE', cost: { amount: '12.5', currency: 'EUR' } }),
      data(9, { startedAt: at('2026-10-04'), country: null, cost: { amount: '3', currency: 'JPY' } }),
      data(0, { startedAt: at('2026-10-05'), country: 'FR' }),
    ],
  });
  const south = new FakeCarrier('south', {
    sims: [sim('south', 3)],
    sources: [source({ kinds: ['sms', 'voice'], grain: 'event', unit: { name: 'MB', bytes: 1e6, basis: 'inferred' } })],
    records: [
      record({ provider: 'south', id: 'a', kind: 'sms', grain: 'event', startedAt: at('2026-10-05'), messages: 2 }),
      record({ provider: 'south', id: 'b', kind: 'sms', grain: 'event', startedAt: at('2026-10-06') }),
      record({ provider: 'south', id: 'c', kind: 'voice', grain: 'event', startedAt: at('2026-10-06'), seconds: 61 }),
    ],
  });
  await syncUsage({ providers: [north.provider, south.provider], ledger, window: WINDOW, clock: () => NOW });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const golden = (name: string) => `./golden/${name}`;

describe('the golden files', () => {
  it.each(['csv', 'csv-excel', 'ndjson'] as const)('hold a report as %s', async (format) => {
    await expect(renderReport(await usageReport(options), format)).toMatchFileSnapshot(golden(`report.${format}.txt`));
  });

  it('hold one for spreadsheets with decimal commas', async () => {
    const text = renderReport(await usageReport(options), 'csv-excel', { decimalComma: true });
    await expect(text).toMatchFileSnapshot(golden('report.csv-excel-comma.txt'));
  });

  it('hold one as JSON, a member a line', async () => {
    const told = JSON.parse(renderReport(await usageReport(options), 'json')) as unknown;
    await expect(JSON.stringify(told, null, 2)).toMatchFileSnapshot(golden('report.json.txt'));
  });

  it('hold what a Parquet file gives back', async () => {
    const file = join(folder, 'report.parquet');
    await writeParquet(await usageReport(options), file);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const columns = await connection.runAndReadAll(`DESCRIBE FROM '${file}'`);
    const rows = await connection.runAndReadAll(`SELECT to_json(r)::VARCHAR AS row FROM '${file}' r`);
    connection.closeSync();
    instance.closeSync();
    const types = columns
      .getRowObjects()
      .map(({ column_name, column_type }) => `${String(column_name)} ${String(column_type)}`);
    const lines = rows.getRowObjects().map(({ row }) => String(row));
    await expect([...types, '', ...lines, ''].join('\n')).toMatchFileSnapshot(golden('report.parquet.txt'));
  });

  it('hold the page, an element a line', async () => {
    const page = await htmlReport(options);
    expect(page).not.toMatch(/<script\b|https?:\/\/(?!www\.w3\.org)/);
    await expect(page.replaceAll('><', '>\n<')).toMatchFileSnapshot(golden('report.html.txt'));
  });
});
