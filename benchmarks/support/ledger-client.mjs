// Loads records into a ledger, or reports over rows in one, and prints what that took. node support/ledger-client.mjs load|load-by-hand|report <count>
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paged, usageCellId } from '@carrierkit/core';
import { openLedger, syncUsage, usageReport } from '@carrierkit/usage';
import { DuckDBInstance } from '@duckdb/node-api';

const WINDOW = { from: '2026-10-01', to: '2026-11-01' };
const NOW = Date.parse('2026-11-25T12:00:00Z');
const COUNTRIES = ['DE', 'FR', 'NL', 'GB', 'US', 'ES', 'IT', 'PL'];
const PAGE = 1000;

const [what, count] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'usage-benchmark-'));
try {
  const measures = { load, 'load-by-hand': loadByHand, report };
  console.log(JSON.stringify(await measures[what](join(folder, `${what}.duckdb`), Number(count))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Streams day records of an account through a sync, as an adapter would. */
async function load(path, count) {
  const ledger = await openLedger(path);
  const started = performance.now();
  const { records } = await syncUsage({ providers: [provider(count)], ledger, window: WINDOW, clock: () => NOW });
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  if (records.added !== count) throw new Error(`${records.added} records were added instead of ${count}`);
  return { seconds, peakMb: peak };
}

/** The same records appended to a table that knows of no windows, corrections or coverage. */
async function loadByHand(path, count) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE usage (provider VARCHAR, id VARCHAR PRIMARY KEY, iccid VARCHAR, kind VARCHAR, grain VARCHAR, started_at VARCHAR,
    bytes BIGINT, cost VARCHAR, currency VARCHAR, country VARCHAR, mcc VARCHAR, mnc VARCHAR, finality VARCHAR, raw VARCHAR)`);
  const appender = await connection.createAppender('usage');
  const started = performance.now();
  for await (const record of provider(count).usage.records()) {
    const { cost, operator } = record;
    const texts = [record.provider, record.id, record.iccid, record.kind, record.grain, record.startedAt];
    for (const text of texts) appender.appendVarchar(text);
    appender.appendBigInt(BigInt(record.bytes.total));
    const others = [cost.amount, cost.currency, record.country, operator.mcc, operator.mnc, record.finality];
    for (const text of others) appender.appendVarchar(text);
    appender.appendVarchar(JSON.stringify(record.raw));
    appender.endRow();
  }
  appender.closeSync();
  const seconds = (performance.now() - started) / 1000;
  connection.closeSync();
  instance.closeSync();
  return { seconds };
}

/** The same groups and figures by hand and by the report, both opening the file anew, in turns. */
async function report(path, count) {
  const ledger = await openLedger(path);
  await fill(ledger.path, count);
  const byHand = `SELECT provider, kind, country, count(*), sum(bytes), sum(seconds), sum(messages), currency, sum(cost)
    FROM usage WHERE started_at >= TIMESTAMP '2026-10-01' AND started_at < TIMESTAMP '2026-11-01'
    GROUP BY provider, kind, country, currency ORDER BY ALL`;
  const groupBy = ['provider', 'kind', 'country'];
  const times = { hand: [], report: [] };
  for (let turn = 0; turn < 7; turn++) {
    times.hand.push(await timed(() => ledger.query(byHand)));
    times.report.push(await timed(() => usageReport({ ledger, window: WINDOW, groupBy, clock: () => NOW })));
  }
  const [hand, own] = [median(times.hand), median(times.report)];
  return { handMs: hand, reportMs: own };
}

function provider(count) {
  const iccids = Array.from({ length: 4000 }, (_, index) => `894447${String(index).padStart(13, '0')}`);
  const record = (index) => {
    const cell = {
      provider: 'one',
      account: null,
      iccid: iccids[index % iccids.length],
      simRef: null,
      msisdn: null,
      kind: 'data',
      direction: null,
      grain: 'day',
      startedAt: new Date(Date.UTC(2026, 9, 1 + (Math.floor(index / iccids.length) % 31))).toISOString(),
      endedAt: null,
      processedAt: null,
      bytes: { total: index * 7, up: null, down: null },
      seconds: null,
      messages: null,
      charged: null,
      costType: 'unknown',
      cost: { amount: '0.01', currency: 'EUR' },
      country: COUNTRIES[Math.floor(index / (iccids.length * 31)) % COUNTRIES.length],
      operator: { mcc: '262', mnc: String(Math.floor(index / (iccids.length * 31 * COUNTRIES.length))), name: null },
      technology: null,
      roaming: null,
      finality: 'settled',
      raw: { iccid: iccids[index % iccids.length], volume: index * 7, unit: 'byte', country: 'somewhere' },
    };
    return { ...cell, id: usageCellId(cell) };
  };
  const source = {
    kinds: ['data'],
    grain: 'day',
    scope: 'account',
    windowDays: 31,
    retentionDays: null,
    settlesAfterHours: 48,
    tells: { direction: false, country: true, cost: true },
    unit: null,
  };
  const pages = (total, item) =>
    paged(({ cursor }) => {
      const start = Number(cursor ?? 0);
      const items = Array.from({ length: Math.min(PAGE, total - start) }, (_, index) => item(start + index));
      return Promise.resolve({ items, next: start + PAGE < total ? String(start + PAGE) : null, total: null });
    });
  return {
    specVersion: 1,
    id: 'one',
    adapter: 'benchmark',
    capabilities: { usage: [source], parallelCalls: 4 },
    inventory: { list: () => pages(0, () => null) },
    usage: { records: () => pages(count, record) },
  };
}

async function fill(path, count) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(`INSERT INTO usage BY NAME SELECT ['emea', 'iot', 'staff'][1 + n % 3] AS provider, n::VARCHAR AS id,
      '894447' || lpad((n % 20000)::VARCHAR, 13, '0') AS iccid, ['data', 'data', 'sms', 'voice'][1 + n % 4] AS kind, 'event' AS grain,
      TIMESTAMP '2026-09-15' + to_seconds(n * 2592000 // ${count} * 2) AS started_at,
      CASE WHEN n % 4 < 2 THEN (hash(n) % 10000000)::BIGINT END AS bytes, CASE n % 4 WHEN 3 THEN n % 600 END AS seconds,
      CASE n % 4 WHEN 2 THEN 1 END AS messages, 'unknown' AS cost_type, CASE WHEN n % 5 > 0 THEN (n % 100) / 100 END AS cost,
      CASE WHEN n % 5 > 0 THEN ['EUR', 'USD'][1 + n % 2] END AS currency, ['${COUNTRIES.join("', '")}'][(1 + hash(n + 1) % ${COUNTRIES.length})::BIGINT] AS country,
      'settled' AS finality, false AS charged_apart, 1 AS fetch_id
    FROM range(${count}) numbers(n)`);
  connection.closeSync();
  instance.closeSync();
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}
