import type { CoverageEntry } from '../coverage/coverage.js';
import type { UsageReport } from '../report/usage-report.js';
import { type Cell, delimitedLine } from './delimited.js';
import { usageColumns } from './usage-columns.js';

interface Column<T> {
  readonly name: string;
  readonly value: (item: T) => Cell;
}

const COVERAGE: readonly Column<CoverageEntry>[] = [
  { name: 'covered_provider', value: ({ provider }) => provider },
  { name: 'covered_source', value: ({ source }) => source },
  { name: 'sims_expected', value: ({ sims }) => sims.expected },
  { name: 'sims_read', value: ({ sims }) => sims.read },
  { name: 'sims_failed', value: ({ sims }) => sims.failed },
  { name: 'gaps', value: ({ gaps }) => gaps.map(({ from, to }) => `${from}/${to}`).join(' ') },
  { name: 'settled_through', value: ({ settledThrough }) => settledThrough },
  { name: 'cost_told', value: ({ costTold }) => costTold },
  { name: 'unit', value: ({ unit }) => unit?.name ?? null },
  { name: 'unit_bytes', value: ({ unit }) => unit?.bytes ?? null },
  { name: 'unit_basis', value: ({ unit }) => unit?.basis ?? null },
  { name: 'bucketing', value: ({ bucketing }) => bucketing },
  { name: 'read_at', value: ({ readAt }) => readAt },
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

function namesOf<T>(columns: readonly Column<T>[]): readonly string[] {
  return columns.map(({ name }) => name);
}

function cellsOf<T>(columns: readonly Column<T>[], item: T): readonly Cell[] {
  return columns.map(({ value }) => value(item));
}
