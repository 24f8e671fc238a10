import type { CoverageEntry } from '../coverage/coverage.js';
import type { UsageReport, UsageRow } from '../report/usage-report.js';
import { type Cell, delimitedLine } from './delimited.js';

type Column<T> = readonly [name: string, value: (item: T) => Cell];

const COVERAGE: readonly Column<CoverageEntry>[] = [
  ['covered_provider', ({ provider }) => provider],
  ['covered_source', ({ source }) => source],
  ['sims_expected', ({ sims }) => sims.expected],
  ['sims_read', ({ sims }) => sims.read],
  ['sims_failed', ({ sims }) => sims.failed],
  ['gaps', ({ gaps }) => gaps.map(({ from, to }) => `${from}/${to}`).join(' ')],
  ['settled_through', ({ settledThrough }) => settledThrough],
  ['cost_told', ({ costTold }) => costTold],
  ['unit', ({ unit }) => unit?.name ?? null],
  ['unit_bytes', ({ unit }) => unit?.bytes ?? null],
  ['unit_basis', ({ unit }) => unit?.basis ?? null],
  ['bucketing', ({ bucketing }) => bucketing],
  ['read_at', ({ readAt }) => readAt],
];

/**
 * For machines: one table. `type` says what a line is: `usage` (a group, under its keys), `coverage` (how far a source was read),
 * `warning` and `window` (in `message`). Only `usage` lines have figures, so a column may be summed as it stands. An empty cell is not told, `0` is zero.
 */
export function csv(report: UsageReport): string {
  const usage = usageColumns(report);
  const blank = (columns: readonly unknown[]) => columns.map(() => null);
  const line = (type: string, group: readonly Cell[] | null, covered: readonly Cell[] | null, message: string | null) =>
    delimitedLine([type, ...(group ?? blank(usage)), ...(covered ?? blank(COVERAGE)), message], ',', '\n');
  const { from, to, timezone } = report.window;
  return [
    line('type', namesOf(usage), namesOf(COVERAGE), 'message'),
    ...report.rows.map((row) => line('usage', cellsOf(usage, row), null, null)),
    ...report.coverage.map((entry) =>
      line('coverage', null, cellsOf(COVERAGE, entry), entry.error ? entry.error.message : null),
    ),
    ...report.warnings.map((warning) => line('warning', null, null, warning)),
    line('window', null, null, `${from}/${to} ${timezone}`),
  ].join('');
}

/** The columns of a group: its keys, its figures, a cost for each currency, and what was left untold. */
export function usageColumns({ groupBy, totals }: UsageReport): readonly Column<UsageRow>[] {
  return [
    ...groupBy.map((key): Column<UsageRow> => [key, (row) => row[key] ?? null]),
    ['records', ({ records }) => records],
    ['bytes', ({ bytes }) => bytes],
    ['seconds', ({ seconds }) => seconds],
    ['messages', ({ messages }) => messages],
    ...Object.keys(totals.cost ?? {}).map(
      (currency): Column<UsageRow> => [`cost_${currency}`, ({ cost }) => cost?.[currency] ?? null],
    ),
    ['untold_bytes', ({ untold }) => untold.bytes],
    ['untold_seconds', ({ untold }) => untold.seconds],
    ['untold_messages', ({ untold }) => untold.messages],
    ['untold_cost', ({ untold }) => untold.cost],
    ...(groupBy.includes('tag')
      ? [['overlapping', ({ overlapping }) => overlapping ?? false] as Column<UsageRow>]
      : []),
  ];
}

function namesOf<T>(columns: readonly Column<T>[]): readonly string[] {
  return columns.map(([name]) => name);
}

function cellsOf<T>(columns: readonly Column<T>[], item: T): readonly Cell[] {
  return columns.map(([, value]) => value(item));
}
