import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainUsage, isComplete, openLedger, syncUsage, usageReport } from '../src/index.js';
import { withDatabaseFile } from '../src/ledger/database-file.js';
import { migrate, SCHEMA_VERSION } from '../src/ledger/schema.js';
import { at, data, FakeCarrier, iccid, NOW, record, sim, source } from './fake-provider.js';

const LEDGERS = join(import.meta.dirname, 'ledgers');
const VERSIONS = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1);
const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  path = join(folder, 'ledger.duckdb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file as that version left it. */
async function written(version: number): Promise<string> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(readFileSync(join(LEDGERS, `version-${version}.sql`), 'utf8'));
  connection.closeSync();
  instance.closeSync();
  return path;
}

const layout = async (file: string) =>
  (await openLedger(file)).query(`SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM duckdb_columns() WHERE NOT internal ORDER BY ALL`);

it('every version of the layout has a file here that was written by it', () => {
  expect(readdirSync(LEDGERS).toSorted()).toEqual(VERSIONS.map((version) => `version-${version}.sql`).toSorted());
});

describe.each(VERSIONS)('a ledger of version %i', (version) => {
  it('gets the layout of a new one, once', async () => {
    const lifted = await layout(await written(version));
    expect(lifted).toEqual(await layout(join(folder, 'new.duckdb')));
    expect(await layout(path)).toEqual(lifted);
  });

  it('tells the figures, the tags of their time, their corrections and what is unread', async () => {
    const ledger = await openLedger(await written(version));
    const report = await usageReport({
      ledger,
      window: OCTOBER,
      groupBy: ['provider', 'kind', 'day', 'sim', 'country'],
      clock: () => NOW,
    });
    expect(report.rows).toMatchObject([
      { provider: 'one', day: '2026-10-02', sim: iccid(1), bytes: 1200, cost: { EUR: '0.000000000000000002' } },
      { provider: 'one', day: '2026-10-03', sim: iccid(1), bytes: Number.MAX_SAFE_INTEGER, cost: null, country: 'FR' },
      { provider: 'two', day: '2026-10-05', sim: iccid(7), messages: 1 },
    ]);
    expect(report.coverage).toMatchObject([
      { provider: 'one', source: 'data/day/account', sims: { expected: 2, read: 2, failed: 0 }, error: null },
      { provider: 'two', source: 'sms/event/sim', sims: { read: 0, failed: 1 }, error: { kind: 'unavailable' } },
    ]);
    const byTag = await usageReport({ ledger, window: OCTOBER, groupBy: ['tag'], clock: () => NOW });
    expect(byTag.rows.map(({ tag }) => tag)).toEqual(['car', 'north', null]);
    const { records } = await explainUsage({ ledger, window: OCTOBER, filter: { sims: [iccid(1)] }, clock: () => NOW });
    expect(records.map(({ corrections }) => corrections)).toMatchObject([[{ bytes: '1000' }], []]);
  });

  it('is synced further: what was unread is read, and nothing is told twice', async () => {
    const ledger = await openLedger(await written(version));
    const one = new FakeCarrier('one', {
      sims: [sim('one', 1, { tags: ['south'] })],
      records: [
        data(1200, {
          startedAt: at('2026-10-02'),
          cost: { amount: '0.000000000000000002', currency: 'EUR' },
          country: 'DE',
        }),
        data(7, { startedAt: at('2026-10-03'), country: 'FR' }),
      ],
    });
    const two = new FakeCarrier('two', {
      sims: [sim('two', 7)],
      sources: [source({ scope: 'sim', grain: 'event', kinds: ['sms'] })],
      records: ['sms-1', 'sms-2'].map((id) =>
        record({
          ...{ provider: 'two', id, kind: 'sms', grain: 'event', iccid: iccid(7), direction: 'outbound', messages: 1 },
          startedAt: at('2026-10-05T10:11:12.123Z'),
        }),
      ),
    });
    const providers = [one.provider, two.provider];
    const { records, coverage } = await syncUsage({ providers, ledger, window: OCTOBER, clock: () => NOW + 1000 });
    // The run of the second sync was open: provider one had been read in it.
    expect(one.queries).toEqual([]);
    expect(records).toEqual({ added: 1, changed: 0, unchanged: 1 });
    expect(isComplete(coverage)).toBe(true);
    const again = await syncUsage({ providers, ledger, window: OCTOBER, clock: () => NOW + 2000 });
    expect(again.records).toEqual({ added: 0, changed: 1, unchanged: 3 });
  });
});

describe('lifting a file', () => {
  const options = { lockWaitMs: 1000, memoryLimit: '96MB' };
  const steps = [['CREATE TABLE a (x INTEGER)', 'INSERT INTO a VALUES (1)'], ['UPDATE a SET x = x + 10']];
  const lift = (migrations: readonly (readonly string[])[]) =>
    withDatabaseFile(path, 'write', options, (connection) => migrate(connection, migrations));
  const found = (sql: string) =>
    withDatabaseFile(path, 'read', options, async (connection) =>
      (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    );

  beforeEach(async () => {
    await openLedger(path);
    // A file that no step has been applied to yet; it has the tables of today, because the views need them.
    await withDatabaseFile(path, 'write', options, (connection) =>
      connection.run('UPDATE ledger_version SET version = 0'),
    );
  });

  it('takes each step once, from whatever version', async () => {
    await lift(steps.slice(0, 1));
    expect(await found('SELECT x FROM a')).toEqual([{ x: 1 }]);
    await lift(steps);
    await lift(steps);
    expect(await found('SELECT x, version FROM a, ledger_version')).toEqual([{ x: 11, version: 2 }]);
  });

  it('makes the views anew', async () => {
    await withDatabaseFile(path, 'write', options, (connection) =>
      connection.run('CREATE OR REPLACE VIEW usage_v1 AS SELECT 1 AS old'),
    );
    await lift(steps);
    expect(await found('SELECT count(bytes) AS n FROM usage_v1')).toEqual([{ n: '0' }]);
  });

  it('leaves the file as it was if a step fails', async () => {
    await lift(steps.slice(0, 1));
    await expect(lift([...steps, ['UPDATE a SET nothing = 1']])).rejects.toThrow();
    expect(await found('SELECT x, version FROM a, ledger_version')).toEqual([{ x: 1, version: 1 }]);
  });
});
