import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type GroupKey,
  htmlReport,
  type Ledger,
  openLedger,
  type ReportOptions,
  renderReport,
  syncUsage,
  type UsageReport,
  usageReport,
  writeParquet,
} from '../src/index.js';
import { at, data, FakeCarrier, NOW, record, sim, source } from './fake-provider.js';

const WINDOW = { from: '2026-10-01', to: '2026-11-01' };
const HOSTILE = '=cmd|\'/c calc\'!A1 <script>alert("x")</script>';
let folder: string;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
  const one = new FakeCarrier('one', {
    sims: [sim('one', 1, { tags: ['007', HOSTILE] })],
    records: [
      data(1_500_000_000, {
        startedAt: at('2026-10-03'),
        country: 'DE',
        cost: { amount: '12.5', currency: 'EUR' },
      }),
      data(9, { startedAt: at('2026-10-04'), country: null, cost: { amount: '3', currency: 'JPY' } }),
    ],
  });
  const two = new FakeCarrier('two', {
    sims: [sim('two', 2)],
    sources: [source({ kinds: ['sms', 'data'], grain: 'event', unit: { name: 'MB', bytes: 1e6, basis: 'inferred' } })],
    records: [
      record({ provider: 'two', id: 'a', kind: 'sms', grain: 'event', startedAt: at('2026-10-05'), messages: 2 }),
      record({ provider: 'two', id: 'b', kind: 'sms', grain: 'event', startedAt: at('2026-10-06') }),
      record({ provider: 'two', id: 'c', kind: 'data', grain: 'event', startedAt: at('2026-10-06') }),
    ],
  });
  await syncUsage({ providers: [one.provider, two.provider], ledger, window: WINDOW, clock: () => NOW });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function options(over: Partial<ReportOptions> = {}): ReportOptions {
  return { ledger, window: WINDOW, clock: () => NOW, ...over };
}

function report(over: Partial<ReportOptions> = {}): Promise<UsageReport> {
  return usageReport(options(over));
}

describe('a report in each format', () => {
  it('is itself as JSON', async () => {
    const told = await report();
    expect(JSON.parse(renderReport(told, 'json'))).toEqual(told);
  });

  it('follows the published schema, whatever it is grouped by', async () => {
    const schema = JSON.parse(readFileSync(new URL('../usage-report.schema.json', import.meta.url), 'utf8')) as object;
    const validate = new Ajv2020({ validateFormats: false, allowUnionTypes: true }).compile(schema);
    const groupings: GroupKey[][] = [
      [],
      ['day', 'provider', 'account', 'sim', 'kind', 'direction', 'costType', 'country', 'operator', 'technology'],
      ['week', 'tag', 'attribute:site'],
      ['month'],
      ['cycle'],
    ];
    for (const groupBy of groupings) {
      validate(JSON.parse(renderReport(await report({ groupBy }), 'json')));
      expect(validate.errors).toBeNull();
    }
    expect(validate({ ...(await report()), rows: [{ records: 1 }] })).toBe(false);
  });

  it('has one object a line as NDJSON, coverage and warnings among them', async () => {
    const told = await report();
    const lines = renderReport(told, 'ndjson').trimEnd().split('\n');
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const of = (type: string) => objects.filter((object) => object['type'] === type);
    expect(of('report')).toMatchObject([{ schema: 'carrierkit.usage-report/1', window: told.window }]);
    expect(of('usage').map(({ type: _, ...row }) => row)).toEqual(told.rows);
    expect(of('coverage').map(({ type: _, ...entry }) => entry)).toEqual(told.coverage);
    expect(of('warning').map(({ message }) => message)).toEqual(told.warnings);
  });

  it('is one table as CSV, in which not told is empty and a cost has a column for each currency', async () => {
    const lines = renderReport(await report(), 'csv')
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(
      /^type,provider,kind,records,bytes,seconds,messages,cost_EUR,cost_JPY,untold_bytes,untold_seconds,untold_messages,untold_cost,covered_provider,/,
    );
    expect(lines.slice(1, 4).map((line) => line.split(',').slice(0, 13).join(','))).toEqual([
      'usage,one,data,2,1500000009,,,12.50,3,0,0,0,0',
      'usage,two,data,1,,,,,,1,0,0,1',
      'usage,two,sms,2,,,2,,,0,0,1,2',
    ]);
    expect(lines.filter((line) => line.startsWith('coverage,'))).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/^window,.*,2026-10-01T00:00:00.000Z\/2026-11-01T00:00:00.000Z UTC$/);
  });

  it('keeps ICCIDs and lets no formula run as CSV for spreadsheets', async () => {
    const told = await report({ groupBy: ['tag', 'sim', 'provider'] });
    const text = renderReport(told, 'csv-excel', { decimalComma: true });
    expect(text.startsWith('\ufeffTag;SIM (ICCID);Carrier;Records;Bytes;')).toBe(true);
    const cells = text
      .slice(1)
      .split('\r\n')
      .flatMap((line) => line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/))
      .map((cell) => cell.replace(/^"|"$/g, ''));
    expect(cells.filter((cell) => /^\s*[=+\-@|]/.test(cell))).toEqual([]);
    expect(cells).toContain("'8944470000000000001");
    expect(cells).toContain("'007");
    expect(cells).toContain('12,50');
    expect(cells).not.toContain('8944470000000000001');
  });

  it('has typed columns as Parquet, and what else the report says in its metadata', async () => {
    const told = await report();
    const path = join(folder, "it's a report.parquet");
    await writeParquet(told, path);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const file = `'${path.replaceAll("'", "''")}'`;
    const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
    expect(await read(`SELECT provider, kind, bytes, messages, "cost_EUR" FROM ${file} ORDER BY ALL`)).toEqual([
      { provider: 'one', kind: 'data', bytes: '1500000009', messages: null, cost_EUR: '12.500000000000000000' },
      { provider: 'two', kind: 'data', bytes: null, messages: null, cost_EUR: null },
      { provider: 'two', kind: 'sms', bytes: null, messages: '2', cost_EUR: null },
    ]);
    const [metadata] = await read(
      `SELECT decode(value) AS told FROM parquet_kv_metadata(${file}) WHERE decode(key) = 'carrierkit.usage-report/1'`,
    );
    instance.closeSync();
    const { rows: _, ...facts } = told;
    expect(JSON.parse(metadata?.['told'] as string)).toEqual(facts);
  });
});

describe('the HTML page', () => {
  it('asks for nothing from any network and runs nothing, whatever a carrier or an owner of tags writes', async () => {
    const page = await htmlReport(options({ groupBy: ['tag', 'sim'] }));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=|href=|\son\w+=/i);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('&lt;script&gt;');
  });

  it('names every chart and puts the exact figures into a table behind it', async () => {
    const page = await htmlReport(options());
    const charts = page.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];
    expect(charts.length).toBeGreaterThanOrEqual(6);
    for (const chart of charts) {
      expect(chart).toMatch(/<svg role="img" aria-label="[^"]{20,}"/);
      expect(chart).toMatch(/<details><summary>[\s\S]*<table>/);
      expect(chart).not.toMatch(/class="zr|NaN|undefined|#54555a/);
    }
    expect(charts[0]).toMatch(/<th scope="row">2026-10-03<\/th><td class="figure">1,500,000,000<\/td>/);
    expect(charts[0]).toMatch(/<title>2026-10-03, one: 1.50 GB<\/title>/);
    expect(page).toContain('<th scope="row">Germany</th>');
    expect(page).toContain('<th scope="row">Country not told</th>');
  });

  it('says what was not told, and adds no currencies', async () => {
    const page = await htmlReport(options());
    expect(page).toContain('<dt>Cost in EUR</dt><dd>12.50*</dd>');
    expect(page).toContain('<dt>Cost in JPY</dt><dd>3*</dd>');
    expect(page).toContain('one MB is taken as 1,000,000 bytes');
    expect(page).toContain('✓ Complete');
    expect(await htmlReport(options({ window: { from: '2026-10-01', to: '2026-11-10' } }))).toContain('⚠ Incomplete');
  });

  it('is there for a window without any usage too', async () => {
    const page = await htmlReport(options({ window: { from: '2025-01-01', to: '2025-02-01' } }));
    expect(page).toContain('1 to 31 January 2025');
    expect(page).toContain('Nothing was told.');
  });

  it('is the same for the same ledger, to the byte', async () => {
    expect(await htmlReport(options())).toBe(await htmlReport(options()));
  });
});

it('leaves no file behind', async () => {
  const path = join(folder, 'report.parquet');
  await writeParquet(await report({ window: { from: '2025-01-01', to: '2025-02-01' } }), path);
  expect(readFileSync(path).subarray(0, 4).toString()).toBe('PAR1');
});
