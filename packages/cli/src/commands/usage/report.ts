import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError } from '@carrierkit/core';
import type { GroupKey, ReportOptions, UsageFigures, UsageReport } from '@carrierkit/usage';
import type { Command } from 'commander';
import type { ExitCode } from '../../shell/exit-code.js';
import type { Session } from '../../shell/session.js';
import type { Shell } from '../../shell/shell.js';
import { coverageView } from '../../views/coverage-view.js';
import { FIGURES, readable, usageView } from '../../views/usage-view.js';
import { type SelectionFlags, selectionOf, selectionOptions } from './selection.js';
import { writeReport } from './write-report.js';

/** Written whole, beside what every command can write. */
const FILE_FORMATS = ['csv-excel', 'html', 'parquet'] as const;

interface ReportFlags extends SelectionFlags {
  readonly groupBy: string;
  readonly out?: string;
  readonly convert?: string;
  readonly rates?: string;
  readonly decimalComma?: boolean;
  readonly prorate?: boolean;
}

export function reportCommand(usage: Command, shell: Shell): void {
  selectionOptions(usage.command('report'))
    .description('what the ledger holds, from all providers in one form')
    .option(
      '--group-by <keys>',
      'comma-separated: provider, account, sim, tag, attribute:NAME, kind, direction, costType, country, operator, technology, hour, day, week, month, cycle',
      'provider,kind',
    )
    .option('--out <file>', 'write it there; --format also takes csv-excel, html and parquet')
    .option('--convert <currency>', 'costs in this currency too, by the rates of --rates')
    .option('--rates <file>', 'dated rates: { "name": "whose", "rates": [{ "date", "from", "to", "rate" }] }')
    .option(
      '--prorate',
      'part sessions by time where they cross midnight or an edge (default: they count where they start)',
    )
    .option('--decimal-comma', 'for csv-excel: 1,5 and semicolons')
    .action((flags: ReportFlags, command: Command) =>
      shell.perform(command, ['provider'], (session) => report(session, flags), FILE_FORMATS),
    );
}

export function groupKeys(words: string): readonly GroupKey[] {
  return words.split(',').map((key) => key.trim()) as GroupKey[];
}

async function report(session: Session, flags: ReportFlags): Promise<ExitCode> {
  const groupBy = groupKeys(flags.groupBy);
  const { isComplete, usageReport } = await import('@carrierkit/usage');
  const convert = await conversionOf(session, flags);
  const options: ReportOptions = {
    ...(await selectionOf(session, flags)),
    groupBy,
    ...(convert && { convert }),
    ...(flags.prorate && { prorate: true }),
  };
  const told = await usageReport(options);
  if (flags.out !== undefined || FILE_FORMATS.some((format) => format === session.globals.format))
    await writeReport(session, options, told, { out: flags.out ?? null, decimalComma: flags.decimalComma === true });
  else await showReport(session, told);
  return told.rows.length > 0 && isComplete(told.coverage) ? 0 : 3;
}

export async function showReport({ output, ...session }: Session, told: UsageReport): Promise<void> {
  switch (output.format) {
    case 'json':
      return output.one(told, []);
    case 'table':
      await output.list(told.rows, readable(usageView(told.groupBy)));
      await output.text('\n');
      await output.list<UsageFigures>([told.totals], readable(FIGURES));
      await output.text('\n');
      await output.list(told.coverage, coverageView);
      break;
    default: {
      // Coverage and warnings stand in every format, so that no figure travels without them.
      const { renderReport } = await import('@carrierkit/usage');
      return output.text(renderReport(told, output.format));
    }
  }
  for (const warning of told.warnings) session.warn(warning);
}

async function conversionOf(
  { world }: Session,
  { convert, rates }: ReportFlags,
): Promise<ReportOptions['convert'] | null> {
  if (convert === undefined && rates === undefined) return null;
  if (convert === undefined) throw inputError('--convert', 'is missing: say into which currency');
  if (rates === undefined) throw inputError('--rates', 'is missing: no rate is made up, name a file with dated ones');
  const { parseExchangeRates } = await import('@carrierkit/usage');
  return { to: convert, rates: parseExchangeRates(jsonOf(await readFile(resolve(world.folder, rates), 'utf8'))) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw inputError('--rates', 'the file is not JSON');
  }
}
