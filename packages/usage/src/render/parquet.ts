import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { text } from '../ledger/sql.js';
import type { UsageReport, UsageRow } from '../report/usage-report.js';
import { type UsageColumn, usageColumns } from './usage-columns.js';

const TYPES: Readonly<Record<UsageColumn['holds'], string>> = {
  text: 'VARCHAR',
  whole: 'DECIMAL(38, 0)',
  count: 'BIGINT',
  money: 'DECIMAL(38, 18)',
  flag: 'BOOLEAN',
};

/**
 * Writes the rows of a report as a Parquet file (zstd): keys as text, counts as whole numbers, a column `cost_EUR` for each currency, NULL = not told.
 * Window, coverage, warnings and totals stand in the file's metadata under `carrierkit.usage-report/1`. An existing file is replaced.
 */
export async function writeParquet(report: UsageReport, path: string): Promise<void> {
  const columns = usageColumns(report);
  const rowsFile = `${path}.rows.ndjson`;
  const names = columns.map(({ name, holds }) => `${text(name)}: ${text(TYPES[holds])}`).join(', ');
  const { rows, ...facts } = report;
  writeFileSync(rowsFile, rows.map((row) => `${JSON.stringify(recordOf(columns, row))}\n`).join(''), { mode: 0o600 });
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const source =
      rows.length > 0
        ? `SELECT * FROM read_json(${text(rowsFile)}, format = 'newline_delimited', columns = {${names}})`
        : `SELECT ${columns.map(({ name, holds }) => `NULL::${TYPES[holds]} AS "${name.replaceAll('"', '""')}"`).join(', ')} WHERE false`;
    await connection.run(
      `COPY (${source}) TO ${text(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${text(report.schema)}: ${text(JSON.stringify(facts))}})`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
    await rm(rowsFile, { force: true });
  }
}

function recordOf(columns: readonly UsageColumn[], row: UsageRow): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, value }) => [name, value(row)]));
}
