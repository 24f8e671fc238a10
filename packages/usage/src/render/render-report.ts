import type { UsageReport } from '../report/usage-report.js';
import { csv } from './csv.js';
import { csvExcel } from './csv-excel.js';
import { ndjson } from './ndjson.js';

/** Formats of a report that are one text. HTML and Parquet have functions of their own: the one reads more than one report, the other is no text. */
export type TextFormat = 'json' | 'ndjson' | 'csv' | 'csv-excel';

/** How the text is written. */
export interface RenderOptions {
  /** For `csv-excel`: semicolons between cells and commas in numbers, as spreadsheets of much of Europe expect. Default false. */
  readonly decimalComma?: boolean;
}

/**
 * The report as a text. `json` follows the published schema (`@carrierkit/usage/usage-report.schema.json`); `csv` is for machines; `csv-excel` is
 * for spreadsheets: ICCIDs survive and nothing can run as a formula.
 */
export function renderReport(report: UsageReport, format: TextFormat, options: RenderOptions = {}): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report)}\n`;
    case 'ndjson':
      return ndjson(report);
    case 'csv':
      return csv(report);
    case 'csv-excel':
      return csvExcel(report, { decimalComma: options.decimalComma ?? false });
  }
}
