import { inputError } from '@carrierkit/core';
import type { ExplainedRecord, GrowthRow, ReportOptions, SilentSim } from '@carrierkit/usage';
import type { Command } from 'commander';
import { wholeNumber } from '../../input/options.js';
import type { Column, View } from '../../output/view.js';
import type { ExitCode } from '../../shell/exit-code.js';
import type { Session } from '../../shell/session.js';
import type { Shell } from '../../shell/shell.js';
import { bytesText, FIGURES, readable } from '../../views/usage-view.js';
import { groupKeys, showReport } from './report.js';
import { onlyProvider, openLedger, type SelectionFlags, selectionOf, selectionOptions } from './selection.js';

const FIGURE_NAMES = ['bytes', 'seconds', 'messages', 'records'] as const;

interface TopFlags extends SelectionFlags {
  readonly by: string;
  readonly growth?: boolean;
  readonly groupBy: string;
  readonly limit: number;
}

const silentView: View<SilentSim> = [
  {
    name: 'finding',
    value: ({ finding }) => finding,
    tone: ({ finding }) => (finding === 'silent' ? 'warning' : 'bad'),
  },
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'iccid', value: ({ iccid }) => iccid, whole: true },
  { name: 'state', value: ({ state }) => state },
  { name: 'lastUsedAt', value: ({ lastUsedAt }) => lastUsedAt },
  { name: 'label', value: ({ label }) => label },
  { name: 'bytes', right: true, value: ({ figures }) => figures.bytes },
  { name: 'messages', right: true, value: ({ figures }) => figures.messages },
  {
    name: 'cost',
    value: ({ figures }) =>
      figures.cost &&
      Object.entries(figures.cost)
        .map(([name, amount]) => `${amount} ${name}`)
        .join(' + '),
  },
];

const recordView: View<ExplainedRecord> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'startedAt', value: ({ startedAt }) => startedAt, whole: true },
  { name: 'iccid', value: ({ iccid }) => iccid, whole: true },
  { name: 'kind', value: ({ kind, direction }) => [kind, direction].filter(Boolean).join(' ') },
  { name: 'grain', value: ({ grain }) => grain },
  { name: 'bytes', right: true, value: ({ bytes }) => bytes },
  { name: 'seconds', right: true, value: ({ seconds }) => seconds },
  { name: 'messages', right: true, value: ({ messages }) => messages },
  { name: 'cost', value: ({ cost }) => cost && `${cost.amount} ${cost.currency}` },
  { name: 'country', value: ({ country }) => country },
  { name: 'readAt', value: ({ fetch }) => fetch.readAt },
  { name: 'unit', value: ({ fetch: { unit } }) => unit && `1 ${unit.name} = ${unit.bytes} bytes (${unit.basis})` },
  { name: 'corrections', right: true, value: ({ corrections }) => corrections.length || null },
  { name: 'id', value: ({ id }) => id, detail: true },
];

/** What people ask of a ledger: who used most, who nothing, and why a figure is what it is. */
export function questionCommands(usage: Command, shell: Shell): void {
  selectionOptions(usage.command('top'))
    .description('who used most, or grew most')
    .option('--by <figure>', `${FIGURE_NAMES.join(', ')}, or cost:EUR`, 'bytes')
    .option('--growth', 'by what it grew against the time before, as long as this')
    .option('--group-by <keys>', 'as of usage report', 'provider,sim')
    .option('--limit <number>', 'how many', wholeNumber, 10)
    .action((flags: TopFlags, command: Command) =>
      shell.perform(command, ['provider'], (session) => top(session, flags)),
    );
  usage
    .command('silent')
    .description('active SIMs without usage, idle ones that cost money, and ones used while they were off')
    .option('--days <number>', 'without usage for so many days', wholeNumber, 30)
    .action(({ days }: { readonly days: number }, command: Command) =>
      shell.perform(command, ['provider'], (session) => silent(session, days)),
    );
  selectionOptions(usage.command('explain'))
    .description('the records behind a figure, with what the vendor said and when it was read')
    .option('--limit <number>', 'at most so many records', wholeNumber, 1000)
    .action((flags: SelectionFlags & { readonly limit: number }, command: Command) =>
      shell.perform(command, ['provider', 'raw'], (session) => explain(session, flags)),
    );
}

async function top(session: Session, flags: TopFlags): Promise<ExitCode> {
  const { isComplete, usageGrowth, usageReport } = await import('@carrierkit/usage');
  const options = { ...(await selectionOf(session, flags)), groupBy: groupKeys(flags.groupBy) };
  if (!flags.growth) {
    const told = await usageReport({ ...options, top: { by: rankOf(flags.by), limit: flags.limit } });
    await showReport(session, told);
    return told.rows.length > 0 && isComplete(told.coverage) ? 0 : 3;
  }
  const by = FIGURE_NAMES.find((name) => name === flags.by);
  if (by === undefined) throw inputError('--by', `growth is of ${FIGURE_NAMES.join(', ')}`);
  const told = await usageGrowth({ ...options, by, limit: flags.limit });
  if (session.output.format === 'json') await session.output.one(told, []);
  else await session.output.list(told.rows, growthView(options.groupBy, by));
  for (const warning of told.now.warnings) session.warn(warning);
  return isComplete(told.now.coverage) && isComplete(told.before.coverage) ? 0 : 3;
}

function rankOf(by: string): NonNullable<ReportOptions['top']>['by'] {
  const currency = /^cost:([A-Z]{3})$/.exec(by)?.[1];
  if (currency !== undefined) return { costIn: currency };
  const figure = FIGURE_NAMES.find((name) => name === by);
  if (figure === undefined)
    throw inputError('--by', `expected ${FIGURE_NAMES.join(', ')}, or cost: and a currency such as cost:EUR`);
  return figure;
}

function growthView(groupBy: readonly string[], by: (typeof FIGURE_NAMES)[number]): View<GrowthRow> {
  const text = (value: number | string | null | undefined) =>
    value === null || value === undefined ? null : by === 'bytes' ? bytesText(value) : value;
  return [
    ...groupBy.map(
      (key): Column<GrowthRow> => ({
        name: key,
        value: ({ group }) => (group as Readonly<Record<string, string | null>>)[key] ?? null,
        whole: true,
      }),
    ),
    { name: 'before', right: true, value: ({ before }) => text(before?.[by]) },
    { name: 'now', right: true, value: ({ now }) => text(now[by]) },
    { name: 'change', right: true, value: ({ change }) => text(change) },
  ];
}

async function silent(session: Session, days: number): Promise<ExitCode> {
  const { isComplete, silentSims } = await import('@carrierkit/usage');
  const ledger = await openLedger(session);
  const told = await silentSims({ ledger, days, clock: session.world.now, ...(await onlyProvider(session)) });
  if (session.output.format === 'json') await session.output.one(told, []);
  else await session.output.list(told.sims, silentView);
  if (session.output.format === 'table' && told.sims.length === 0) await session.output.text('none\n');
  if (isComplete(told.coverage)) return 0;
  session.warn(
    `not every SIM was read for the last ${days} days: 'usage sync' reads them; who was not read is not called silent`,
  );
  return 3;
}

async function explain(
  session: Session,
  { limit, ...flags }: SelectionFlags & { readonly limit: number },
): Promise<ExitCode> {
  const { explainUsage, isComplete } = await import('@carrierkit/usage');
  const { billingCycleDay: _, ...options } = await selectionOf(session, flags);
  const told = await explainUsage({ ...options, limit });
  const { output } = session;
  if (output.format === 'json') await output.one(told, []);
  else await output.list(told.records, recordView);
  if (output.format === 'table') {
    await output.text('\n');
    await output.list([told.figures], readable(FIGURES));
  }
  if (told.omitted > 0) session.warn(`${told.omitted} more records are not shown; --limit shows more`);
  return told.records.length > 0 && isComplete(told.coverage) ? 0 : 3;
}
