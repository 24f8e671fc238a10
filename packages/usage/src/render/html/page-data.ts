import type { LedgerReader } from '../../ledger/ledger.js';
import { reportFrom } from '../../report/run-report.js';
import type { GroupKey, ReportOptions, UsageReport } from '../../report/usage-report.js';
import { resolveWindow } from '../../report/window.js';
import { type Carriers, carriersOf } from './carriers.js';
import { rankedAmount } from './ranked-amount.js';
import { type TimeAxis, timeAxis } from './time-axis.js';

/** What the page tells, and how finely. */
export interface HtmlReportOptions extends Omit<ReportOptions, 'top' | 'groupBy'> {
  /** Stands at the top of the page. Default `Cellular usage`. */
  readonly title?: string;
  /** Adds a table by these keys. Default: none. */
  readonly groupBy?: readonly GroupKey[];
  /** What one column of the charts over time stands for. Default: days, or months where the window is long or a carrier tells no days. */
  readonly per?: 'day' | 'week' | 'month';
}

/** Everything that the page tells, read from one state of the ledger. */
export interface PageData {
  readonly title: string;
  readonly madeAt: number;
  readonly carriers: Carriers;
  readonly axis: TimeAxis;
  readonly byCarrier: UsageReport;
  readonly overTime: UsageReport;
  readonly byCountry: UsageReport;
  readonly topSims: UsageReport;
  readonly detail: UsageReport | null;
}

const TOP_SIMS = 10;
export const DETAIL_ROWS = 500;

export async function readPageData(
  reader: LedgerReader,
  options: Omit<HtmlReportOptions, 'ledger'>,
): Promise<PageData> {
  const { title = 'Cellular usage', per, groupBy, clock = Date.now, ...query } = options;
  const now = clock();
  const report = (over: Omit<ReportOptions, 'ledger' | 'window'>) =>
    reportFrom(reader, { ...query, clock: () => now, ...over });
  const byCarrier = await report({ groupBy: ['provider', 'kind'] });
  const toldByMonth = byCarrier.coverage.some(({ grain }) => grain === 'month');
  const axis = timeAxis(
    resolveWindow(query.window, query.timezone),
    query.timezone ?? 'UTC',
    per ?? (toldByMonth ? 'month' : null),
  );
  return {
    title,
    madeAt: now,
    byCarrier,
    carriers: carriersOf(byCarrier),
    axis,
    overTime: await report({ groupBy: [axis.per, 'provider'] }),
    byCountry: await report({ groupBy: ['country', 'provider'] }),
    topSims: await report({
      groupBy: ['provider', 'sim'],
      top: { by: rankedAmount(byCarrier.totals), limit: TOP_SIMS },
    }),
    detail: groupBy ? await report({ groupBy }) : null,
  };
}
