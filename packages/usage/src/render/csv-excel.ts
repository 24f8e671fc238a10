import { TIME_KEYS } from '../report/group-keys.js';
import type { GroupKey, TimeKey, UsageReport, UsageRow, Whole } from '../report/usage-report.js';
import { type Cell, delimitedLine } from './delimited.js';
import { excelNumber, excelText } from './excel-cell.js';
import { bucketingText, keyName, NOT_TOLD, simsText, unitText } from './figure-text.js';

/**
 * For spreadsheets: UTF-8 with a mark, lines end in CRLF; the groups first, then an empty line, the coverage and the notes.
 * No cell can run as a formula, and ICCIDs, numbers with leading zeros and the like stay as they are (an apostrophe stands before them).
 * What was not told says so and is no zero.
 */
export function csvExcel(report: UsageReport, { decimalComma }: { readonly decimalComma: boolean }): string {
  const line = (cells: readonly Cell[]) => delimitedLine(cells, decimalComma ? ';' : ',', '\r\n');
  const number = (value: Whole | string | null, untold: number) =>
    value === null ? (untold > 0 ? NOT_TOLD : null) : excelNumber(String(value), decimalComma);
  const currencies = Object.keys(report.totals.cost ?? {});
  const header = [
    ...report.groupBy.map((key) => excelText(keyName(key))),
    ...['Records', 'Bytes', 'Seconds', 'Messages'],
    ...(currencies.length > 0 ? currencies.map((currency) => excelText(`Cost ${currency}`)) : ['Cost']),
    ...['Without bytes', 'Without seconds', 'Without messages', 'Without cost'],
  ];
  const cells = (row: UsageRow): readonly Cell[] => [
    ...report.groupBy.map((key) => keyCell(key, row[key] ?? null)),
    row.records,
    number(row.bytes, row.untold.bytes),
    number(row.seconds, row.untold.seconds),
    number(row.messages, row.untold.messages),
    ...(currencies.length > 0
      ? currencies.map((currency) => number(row.cost?.[currency] ?? null, row.cost === null ? row.untold.cost : 0))
      : [number(null, row.untold.cost)]),
    ...[row.untold.bytes, row.untold.seconds, row.untold.messages, row.untold.cost],
  ];
  return `\ufeff${[header, ...report.rows.map(cells), [], ...coverageLines(report), [], ...noteLines(report)].map(line).join('')}`;
}

function keyCell(key: GroupKey, value: string | null): Cell {
  if (value === null) return NOT_TOLD;
  // A spreadsheet may read these as the dates that they are.
  return TIME_KEYS.includes(key as TimeKey) && key !== 'month' ? value : excelText(value);
}

function coverageLines({ coverage }: UsageReport): readonly (readonly Cell[])[] {
  return [
    [
      'Coverage',
      'Source',
      'SIMs read',
      'SIMs failed',
      'Settled through',
      'Read at',
      'Cost',
      'Unit',
      'Counted',
      'Error',
    ],
    ...coverage.map((entry) => [
      excelText(entry.provider),
      excelText(entry.source),
      simsText(entry),
      entry.sims.failed,
      entry.settledThrough ?? 'nothing',
      entry.readAt ?? 'never',
      entry.costTold ? 'told' : NOT_TOLD,
      unitText(entry),
      bucketingText(entry),
      excelText(entry.error?.message ?? ''),
    ]),
  ];
}

function noteLines({ window, warnings, totals }: UsageReport): readonly (readonly Cell[])[] {
  return [
    ['Period', `${window.from} to ${window.to} (excluded), days in ${window.timezone}`],
    ['Records', totals.records],
    ...warnings.map((warning) => ['Note', excelText(warning)]),
  ];
}
