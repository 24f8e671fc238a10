import { inputError } from '@carrierkit/core';
import type {
  GroupKey,
  Ledger,
  ReportFilter,
  ReportOptions,
  SyncResult,
  UsageFigures,
  UsageReport,
} from '@carrierkit/usage';
import type { Command } from 'commander';
import { attributesOf, collect, oneOf } from '../input/options.js';
import { type WindowOptions, windowOf } from '../input/windows.js';
import type { ExitCode } from '../shell/exit-code.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';
import { coverageView } from '../views/coverage-view.js';
import { FIGURES, readable, usageView } from '../views/usage-view.js';
import { writeReport } from './write-report.js';

const KINDS = ['data', 'sms', 'voice', 'other'] as const;
const GRAINS = ['event', 'day', 'month'] as const;

interface SyncFlags extends WindowOptions {
  readonly kind?: readonly string[];
  readonly grain?: string;
  readonly resume: boolean;
}

interface ReportFlags extends WindowOptions {
  readonly groupBy: string;
  readonly timezone?: string;
  readonly kind?: readonly string[];
  readonly sim?: readonly string[];
  readonly account?: readonly string[];
  readonly tag?: readonly string[];
  readonly country?: readonly string[];
  readonly attribute?: readonly string[];
  readonly out?: string;
}

/** Written whole, beside what every command can write. */
const FILE_FORMATS = ['csv-excel', 'html', 'parquet'] as const;

/** `carrierkit usage`: what the SIMs have used, read into a ledger and reported from it. */
export function usageCommand(program: Command, shell: Shell): void {
  const usage = program.command('usage').description('what the SIMs have used');
  windowOptions(usage.command('sync'))
    .description('read usage from the providers into the ledger; repeating it brings corrections and doubles nothing')
    .option('--kind <kind...>', KINDS.join(', '), collect)
    .option('--grain <grain>', `the coarsest that suffices: ${GRAINS.join(', ')} (default: day)`)
    .option('--no-resume', 'also read again what an interrupted sync has read')
    .action((flags: SyncFlags, command: Command) =>
      shell.perform(command, ['provider'], (session) => sync(session, flags)),
    );
  windowOptions(usage.command('report'))
    .description('what the ledger holds, from all providers in one form')
    .option(
      '--group-by <keys>',
      'comma-separated: provider, account, sim, tag, attribute:NAME, kind, direction, costType, country, operator, technology, hour, day, week, month, cycle',
      'provider,kind',
    )
    .option('--timezone <zone>', "IANA name (default: the config's)")
    .option('--kind <kind...>', KINDS.join(', '), collect)
    .option('--sim <iccid...>', 'only these SIMs', collect)
    .option('--account <account...>', 'only these accounts', collect)
    .option('--tag <tag...>', 'only SIMs with one of these tags', collect)
    .option('--country <code...>', 'only usage in these countries (ISO alpha-2)', collect)
    .option('--attribute <name=value...>', 'only SIMs with these attributes', collect)
    .option('--out <file>', 'write it there; --format also takes csv-excel, html and parquet')
    .action((flags: ReportFlags, command: Command) =>
      shell.perform(command, ['provider'], (session) => report(session, flags), FILE_FORMATS),
    );
}

function windowOptions(command: Command): Command {
  return command
    .option('--from <date>', 'first day')
    .option('--to <date>', 'the day after the last one')
    .option('--month <month>', 'a whole month, such as 2026-10');
}

async function sync(session: Session, { kind, grain, resume, ...flags }: SyncFlags): Promise<ExitCode> {
  const window = windowOf(flags);
  const { usage } = await session.config();
  const providers = await session.providers();
  const { isComplete, syncUsage } = await import('@carrierkit/usage');
  const result = await syncUsage({
    ledger: await openLedger(session),
    providers,
    window,
    timezone: usage.timezone,
    resume,
    signal: session.world.signal,
    ...(kind && { kinds: kind.map((word) => oneOf(word, KINDS, '--kind')) }),
    ...(grain !== undefined && { grain: oneOf(grain, GRAINS, '--grain') }),
    onProgress: ({ provider, source, sims, message }) =>
      session.progress.show(
        [provider, source ?? 'inventory', sims && `${sims.done} of ${sims.total} SIMs`, message]
          .filter(Boolean)
          .join(': '),
      ),
  });
  await showSync(session, result);
  return isComplete(result.coverage) ? 0 : 3;
}

async function showSync({ output, progress }: Session, result: SyncResult): Promise<void> {
  progress.clear();
  if (output.format === 'json') return output.one(result, []);
  await output.list(result.coverage, coverageView);
  if (output.format !== 'table') return;
  const { added, changed, unchanged } = result.records;
  const calls = Object.entries(result.calls).map(([provider, count]) => `${provider} ${count}`);
  await output.text(
    `\n${added} records added, ${changed} changed, ${unchanged} unchanged; calls: ${calls.join(', ')}\n`,
  );
}

async function report(session: Session, flags: ReportFlags): Promise<ExitCode> {
  const groupBy = flags.groupBy.split(',').map((key) => key.trim()) as GroupKey[];
  const { usage, facts } = await session.config();
  const { isComplete, usageReport } = await import('@carrierkit/usage');
  const options: ReportOptions = {
    ledger: await openLedger(session),
    window: windowOf(flags),
    timezone: flags.timezone ?? usage.timezone,
    groupBy,
    filter: await filterOf(session, flags),
    billingCycleDay: Object.fromEntries(
      Object.entries(facts).map(([id, { billingCycleDay }]) => [id, billingCycleDay]),
    ),
    clock: session.world.now,
  };
  const told = await usageReport(options);
  if (flags.out !== undefined || FILE_FORMATS.some((format) => format === session.globals.format))
    await writeReport(session, options, told, flags.out ?? null);
  else await showReport(session, told, groupBy);
  return told.rows.length > 0 && isComplete(told.coverage) ? 0 : 3;
}

async function showReport(
  { output, ...session }: Session,
  told: UsageReport,
  groupBy: readonly GroupKey[],
): Promise<void> {
  switch (output.format) {
    case 'json':
      return output.one(told, []);
    case 'table':
      await output.list(told.rows, readable(usageView(groupBy)));
      await output.text('\n');
      await output.list<UsageFigures>([told.totals], readable(FIGURES));
      break;
    default:
      await output.list(told.rows, usageView(groupBy));
  }
  for (const warning of told.warnings) session.warn(warning);
}

async function filterOf(session: Session, flags: ReportFlags): Promise<ReportFilter> {
  const { kind, sim, account, tag, country, attribute } = flags;
  const { provider } = session.globals;
  if (provider !== null && !(provider in (await session.config()).providers))
    throw inputError('--provider', `there is no provider '${provider}' in the config`);
  return {
    ...(provider !== null && { providers: [provider] }),
    ...(kind && { kinds: kind.map((word) => oneOf(word, KINDS, '--kind')) }),
    ...(sim && { sims: sim }),
    ...(account && { accounts: account }),
    ...(tag && { tags: tag }),
    ...(country && { countries: country }),
    ...(attribute && { attributes: attributesOf(attribute) }),
  };
}

async function openLedger(session: Session): Promise<Ledger> {
  const { usage } = await session.config();
  const library = await import('@carrierkit/usage');
  return library.openLedger(usage.ledger);
}
