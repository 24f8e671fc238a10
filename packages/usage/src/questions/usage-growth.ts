import { reportFrom } from '../report/run-report.js';
import type { GroupKey, ReportOptions, UsageFigures, UsageReport, UsageRow } from '../report/usage-report.js';
import { resolveWindow } from '../report/window.js';

/** What is compared with what. */
export interface GrowthOptions extends Omit<ReportOptions, 'top'> {
  /** Default `['provider', 'sim']`. */
  readonly groupBy?: readonly GroupKey[];
  /** Which figure is compared. Default bytes. */
  readonly by?: 'bytes' | 'seconds' | 'messages' | 'records';
  /** The window to compare with. Default: as long, and ending where `window` begins. */
  readonly before?: ReportOptions['window'];
  /** Default 10. */
  readonly limit?: number;
}

/** A group in both windows; `change` is the difference of the figure that was asked for, as whole number in text. */
export interface GrowthRow {
  readonly group: Readonly<Partial<Record<GroupKey, string | null>>>;
  readonly before: UsageFigures | null;
  readonly now: UsageFigures;
  readonly change: string;
}

/** The groups that grew most, highest growth first. */
export interface GrowthReport {
  readonly schema: 'carrierkit.usage-growth/1';
  readonly now: Pick<UsageReport, 'window' | 'coverage' | 'warnings'>;
  readonly before: Pick<UsageReport, 'window' | 'coverage' | 'warnings'>;
  readonly rows: readonly GrowthRow[];
}

/** The groups whose figure grew most against an earlier window, highest growth first. What was not told in one of the windows is not compared. */
export function usageGrowth({
  ledger,
  limit = 10,
  by = 'bytes',
  before,
  ...options
}: GrowthOptions): Promise<GrowthReport> {
  return ledger.read(async (reader) => {
    const groupBy = options.groupBy ?? ['provider', 'sim'];
    const window = resolveWindow(options.window, options.timezone);
    const [now, past] = [
      await reportFrom(reader, { ...options, groupBy }),
      await reportFrom(reader, { ...options, groupBy, window: before ?? sameLengthBefore(window) }),
    ];
    const keyOf = (row: UsageRow) => JSON.stringify(groupBy.map((key) => row[key] ?? null));
    const earlier = new Map(past.rows.map((row) => [keyOf(row), row]));
    const rows = now.rows.flatMap((row): readonly GrowthRow[] => {
      const known = earlier.get(keyOf(row));
      const [a, b] = [row[by], known === undefined ? 0 : known[by]];
      if (a === null || b === null) return [];
      const group = Object.fromEntries(groupBy.map((key) => [key, row[key] ?? null]));
      return [
        { group, before: known ? figures(known) : null, now: figures(row), change: String(BigInt(a) - BigInt(b)) },
      ];
    });
    return {
      schema: 'carrierkit.usage-growth/1',
      now: facts(now),
      before: facts(past),
      rows: rows
        .filter(({ change }) => BigInt(change) > 0n)
        .toSorted((a, b) => Number(BigInt(b.change) - BigInt(a.change)))
        .slice(0, limit),
    };
  });
}

function sameLengthBefore({ from, to }: ReportOptions['window']): ReportOptions['window'] {
  return { from: new Date(2 * Date.parse(from) - Date.parse(to)).toISOString(), to: from };
}

function figures({ records, bytes, seconds, messages, cost, untold }: UsageRow): UsageFigures {
  return { records, bytes, seconds, messages, cost, untold };
}

function facts({ window, coverage, warnings }: UsageReport): GrowthReport['now'] {
  return { window, coverage, warnings };
}
