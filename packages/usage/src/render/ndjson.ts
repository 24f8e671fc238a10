import type { UsageReport } from '../report/usage-report.js';

/** One JSON object a line, told apart by `type`: `report` first, then `coverage`, `warning` and `usage`, each group one. */
export function ndjson({ rows, coverage, warnings, ...report }: UsageReport): string {
  const lines = [
    { type: 'report', ...report },
    ...coverage.map((entry) => ({ type: 'coverage', ...entry })),
    ...warnings.map((message) => ({ type: 'warning', message })),
    ...rows.map((row) => ({ type: 'usage', ...row })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
