import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError } from '@carrierkit/core';
import type { ReportOptions, TextFormat, UsageReport } from '@carrierkit/usage';
import type { Session } from '../../shell/session.js';

/** Puts a report into a file, or on standard output where none is named and the format is a text. */
export async function writeReport(
  session: Session,
  options: ReportOptions,
  report: UsageReport,
  { out, decimalComma }: { readonly out: string | null; readonly decimalComma: boolean },
): Promise<void> {
  const { world, output, globals } = session;
  const format = globals.format ?? formatOf(out);
  const file = out === null ? null : resolve(world.folder, out);
  const { htmlReport, renderReport, writeParquet } = await import('@carrierkit/usage');
  if (format === 'parquet') {
    if (file === null) throw inputError('--out', 'is missing: Parquet is no text, it needs a file');
    await writeParquet(report, file);
  } else {
    const text =
      format === 'html' ? await htmlReport(options) : renderReport(report, textFormat(format), { decimalComma });
    if (file === null) await output.text(text);
    else await writeFile(file, text);
  }
  if (file === null) return;
  // Standard output stays one JSON value where JSON was asked for.
  if (output.format === 'json' || output.format === 'ndjson') await output.text(`${JSON.stringify({ out: file })}\n`);
  else await output.text(`wrote ${file}\n`);
  for (const warning of report.warnings) session.warn(warning);
}

/** By the file's ending, where no format is named. */
function formatOf(out: string | null): string {
  const ending = /\.(html|parquet|csv|ndjson)$/.exec(out ?? '')?.[1];
  return ending ?? 'json';
}

function textFormat(format: string): TextFormat {
  const known: readonly TextFormat[] = ['json', 'ndjson', 'csv', 'csv-excel'];
  const found = known.find((name) => name === format);
  if (found !== undefined) return found;
  throw inputError('--format', `a file can be ${[...known, 'html', 'parquet'].join(', ')}`);
}
