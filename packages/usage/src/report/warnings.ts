import { type CoverageEntry, isCompleteEntry } from '../coverage/coverage.js';
import type { CostConversion, UsageFigures, UsageRow } from './usage-report.js';

export interface WarningFacts {
  readonly coverage: readonly CoverageEntry[];
  readonly rows: readonly UsageRow[];
  readonly totals: UsageFigures;
  readonly omitted: number;
  readonly conversion: CostConversion | null;
  readonly prorated: boolean;
}

/** In plain sentences, what a reader must know before using the figures. */
export function warningsOf(facts: WarningFacts): readonly string[] {
  return [
    ...(facts.coverage.length === 0 ? ['Nothing has been synced for this window: run a sync first.'] : []),
    ...facts.coverage.flatMap(unreadWarnings),
    ...facts.coverage.flatMap(meaningWarnings),
    ...costWarnings(facts),
    ...conversionWarnings(facts.conversion),
    ...(facts.prorated
      ? [
          'Sessions over the bounds of days are parted by time; those that began before the window count as far as the time before it was read.',
        ]
      : []),
    ...(facts.omitted > 0 ? [omittedWarning(facts)] : []),
    ...(facts.rows.some((row) => row.overlapping === true)
      ? ['Rows by tag overlap: a SIM with several tags counts under each of them. The totals count every record once.']
      : []),
  ];
}

function omittedWarning({ rows, omitted }: WarningFacts): string {
  if (rows.length === 0)
    return `The figure to rank by is told for none of the ${omitted} groups; they count in the totals alone.`;
  return `Only the ${rows.length} highest groups are listed; ${omitted} more count in the totals alone.`;
}

function conversionWarnings(conversion: CostConversion | null): readonly string[] {
  if (conversion === null) return [];
  const { to, name, missing } = conversion;
  const first = missing[0];
  return [
    `Costs are converted into ${to} by “${name}”, each by the last rate on or before the UTC day of its usage.`,
    ...(first
      ? [
          `No rate into ${to} for ${[...new Set(missing.map(({ currency }) => currency))].join(', ')} on ${missing.length === 1 ? first.date : `${missing.length} days, such as ${first.date}`}: these amounts stay as they were told.`,
        ]
      : []),
  ];
}

function unreadWarnings(entry: CoverageEntry): readonly string[] {
  if (isCompleteEntry(entry)) return [];
  const { provider, source, sims, error } = entry;
  const name = `${provider} (${source})`;
  const reason = error === null ? '' : `: ${error.message}`;
  const warnings = entry.gaps.map(({ from, to }) => `${name}: ${from} to ${to} was never read.`);
  const missing = sims.expected === null ? null : sims.expected - sims.read;
  if (missing === null)
    warnings.push(`${name}: the inventory was never read, so nobody knows which SIMs are missing${reason}.`);
  else if (missing > 0) warnings.push(`${name}: ${missing} of ${sims.expected} SIMs are not (wholly) read${reason}.`);
  else if (error !== null) warnings.push(`${name}: the latest attempt failed${reason}.`);
  return warnings;
}

function meaningWarnings({ provider, source, unit, bucketing }: CoverageEntry): readonly string[] {
  const name = `${provider} (${source})`;
  const warnings: string[] = [];
  if (unit?.basis === 'inferred')
    warnings.push(
      `${name}: one ${unit.name} is taken as ${unit.bytes.toLocaleString('en-US')} bytes; the vendor does not say so.`,
    );
  if (bucketing !== 'exact')
    warnings.push(
      `${name}: told per UTC ${bucketing === 'vendor-day' ? 'day' : 'month'} and counted by its start, which does not fit the bounds of this report.`,
    );
  return warnings;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}

function costWarnings({ coverage, totals }: WarningFacts): readonly string[] {
  if (totals.records > 0 && totals.cost === null)
    return ['No cost is told for any of this usage: what it cost is not known, and not zero.'];
  const silent = [
    ...new Set(coverage.filter(({ grain, costTold }) => grain !== null && !costTold).map(({ provider }) => provider)),
  ];
  const currencies = Object.keys(totals.cost ?? {});
  return [
    ...(silent.length > 0
      ? [`Cost is not told by ${silent.join(', ')} for all or some of the usage: cost sums leave that out.`]
      : []),
    ...(totals.cost !== null && totals.untold.cost > 0
      ? [
          `Cost is not told for ${counted(totals.untold.cost)} of ${counted(totals.records)} records: cost sums leave them out.`,
        ]
      : []),
    ...(currencies.length > 1 ? [`Cost is in ${currencies.join(', ')}; currencies are not added.`] : []),
  ];
}
