import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { text } from '../ledger/sql.js';
import type { UsageReport, UsageRow } from '../report/usage-report.js';

const WHOLE = 'DECIMAL(38, 0)';
const MONEY = 'DECIMAL(38, 18)';

/**
 * Writes the rows of a report as a Parquet file (zstd): keys as text, counts as whole numbers, a column `cost_EUR` for each currency, NULL = not told.
 * Window, coverage, warnings and totals stand in the file's metadata under `carrierkit.usage-report/1`. An existing file is replaced.
 */
export async function writeParquet(report: UsageReport, path: string): Promise<void> {
  const columns = columnsOf(report);
  const rowsFile = `${path}.rows.ndjson`;
  const names = columns.map(({ name, type }) => `${text(name)}: ${text(type)}`).join(', ');
  const { rows, ...facts } = report;
  writeFileSync(rowsFile, rows.map((row) => `${JSON.stringify(recordOf(columns, row))}\n`).join(''), { mode: 0o600 });
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const source =
      rows.length > 0
        ? `SELECT * FROM read_json(${text(rowsFile)}, format = 'newline_delimited', columns = {${names}})`
        : `SELECT ${columns.map(({ name, type }) => `NULL::${type} AS "${name.replaceAll('"', '""')}"`).join(', ')} WHERE false`;
    await connection.run(
      `COPY (${source}) TO ${text(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${text(report.schema)}: ${text(JSON.stringify(facts))}})`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
    await rm(rowsFile, { force: true });
  }
}

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
  readonly value: (row: UsageRow) => string | number | boolean | null;
}

function columnsOf({ groupBy, totals }: UsageReport): readonly ParquetColumn[] {
  const figure = (name: 'records' | 'bytes' | 'seconds' | 'messages'): ParquetColumn => ({
    name,
    type: WHOLE,
    value: (row) => row[name],
  });
  return [
    ...groupBy.map((key): ParquetColumn => ({ name: key, type: 'VARCHAR', value: (row) => row[key] ?? null })),
    ...(['records', 'bytes', 'seconds', 'messages'] as const).map(figure),
    ...Object.keys(totals.cost ?? {}).map(
      (currency): ParquetColumn => ({
        name: `cost_${currency}`,
        type: MONEY,
        value: ({ cost }) => cost?.[currency] ?? null,
      }),
    ),
    ...(['bytes', 'seconds', 'messages', 'cost'] as const).map(
      (name): ParquetColumn => ({ name: `untold_${name}`, type: 'BIGINT', value: ({ untold }) => untold[name] }),
    ),
    ...(groupBy.includes('tag')
      ? [{ name: 'overlapping', type: 'BOOLEAN', value: ({ overlapping }: UsageRow) => overlapping ?? false }]
      : []),
  ];
}

function recordOf(columns: readonly ParquetColumn[], row: UsageRow): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, value }) => [name, value(row)]));
}
