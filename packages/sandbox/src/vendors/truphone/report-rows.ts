import { dayOf, dayStart, dayText } from '../../world/days.js';
import type { UsageFact } from '../../world/usage.js';
import { KILOBYTE } from './cdrs.js';
import { updatesOf } from './locations.js';
import type { Portal } from './portal.js';
import { addMonths, cycleStart, nextCycleStart, spacedInstant } from './timestamps.js';

export type Granularity = 'Month' | 'Cycle' | 'Day' | 'Hour';
export type ReportType =
  | 'INVENTORY'
  | 'LOCATION'
  | 'DATA_USAGE'
  | 'SMS_USAGE'
  | 'EVENT_RULES'
  | 'USAGE_RULES'
  | 'NOTIFICATIONS';

export interface ReportWindow {
  /** Both ends included. */
  readonly from: number;
  readonly to: number;
  readonly granularity: Granularity;
  /** First day of the cycle, with granularity `Cycle`. */
  readonly cycleDay: number;
}

export type Row = readonly string[];

export interface ReportTable {
  readonly columns: readonly string[];
  rows(portal: Portal, sims: Iterable<number>, window: ReportWindow): Iterable<Row>;
}

const usageColumns = ['ICCID', 'Total Usage', 'Start Date', 'End Date'];

/**
 * Columns of DATA_USAGE and INVENTORY are those that clients read. SMS_USAGE is given the columns of DATA_USAGE with a
 * count of messages; those of the others are ours (the vendor publishes none).
 */
export const reportTables: Readonly<Record<ReportType, ReportTable>> = {
  DATA_USAGE: {
    columns: usageColumns,
    rows: (portal, sims, window) =>
      usageRows(portal, sims, window, ({ kind, bytesUp, bytesDown }) =>
        kind === 'data' ? (bytesUp + bytesDown) / KILOBYTE : undefined,
      ),
  },
  SMS_USAGE: {
    columns: usageColumns,
    rows: (portal, sims, window) =>
      usageRows(portal, sims, window, ({ kind, messages }) => (kind === 'sms' ? messages : undefined)),
  },
  INVENTORY: {
    columns: ['Date', 'Source', 'State'],
    *rows({ sims }, indexes) {
      for (const index of indexes) {
        yield [spacedInstant(sims.stateSince(index)), sims.iccid(index), sims.state(index)];
      }
    },
  },
  LOCATION: {
    columns: ['Date', 'Source', 'Country', 'Network'],
    *rows(portal, indexes, { from, to }) {
      for (const index of indexes) {
        for (const { at, network } of updatesOf(portal, index)) {
          if (at < from || at > to) continue;
          yield [spacedInstant(at), portal.sims.iccid(index), network.countryName, network.operator];
        }
      }
    },
  },
  EVENT_RULES: {
    columns: ['Date', 'Source', 'Label', 'Message'],
    *rows({ sims, ruleEvents }, indexes, { from, to }) {
      const wanted = new Set(indexes);
      for (const { date, index, label, message } of ruleEvents) {
        if (wanted.has(index) && date >= from && date <= to) {
          yield [spacedInstant(date), sims.iccid(index), label, message];
        }
      }
    },
  },
  // Usage rules are kept but never fire here.
  USAGE_RULES: { columns: ['Date', 'Source', 'Label', 'Message'], rows: () => [] },
  NOTIFICATIONS: {
    columns: ['Date', 'Source', 'Type', 'State'],
    *rows({ sims, journal }, indexes, { from, to }) {
      const wanted = new Set<string>();
      for (const index of indexes) wanted.add(sims.iccid(index));
      for (const { date, source, type, state } of journal.notifications()) {
        if (wanted.has(source) && date >= from && date <= to) yield [spacedInstant(date), source, type, state];
      }
    },
  },
};

/** SIM by SIM in order of ICCID, for each the buckets in which it has something, in order of time. */
function* usageRows(
  { sims, context }: Portal,
  indexes: Iterable<number>,
  window: ReportWindow,
  quantity: (fact: UsageFact) => number | undefined,
): Generator<Row> {
  const { from, to } = window;
  const first = Math.max(dayOf(from), context.usage.earliestDay);
  const last = Math.min(dayOf(to), dayOf(context.clock.now()));
  for (const index of indexes) {
    let start: number | undefined;
    let total = 0;
    for (let day = first; day <= last; day++) {
      for (const fact of context.usage.facts(index, day)) {
        const counted = quantity(fact);
        if (counted === undefined || fact.startedAt < from || fact.startedAt > to) continue;
        const bucket = bucketStart(fact.startedAt, window);
        if (start !== undefined && bucket !== start) {
          yield usageRow(sims.iccid(index), total, start, window);
          total = 0;
        }
        start = bucket;
        total += counted;
      }
    }
    if (start !== undefined) yield usageRow(sims.iccid(index), total, start, window);
  }
}

function usageRow(iccid: string, total: number, start: number, window: ReportWindow): Row {
  const end = bucketEnd(start, window);
  if (window.granularity === 'Hour') return [iccid, String(total), spacedInstant(start), spacedInstant(end)];
  return [iccid, String(total), dayText(dayOf(start)), dayText(dayOf(end))];
}

function bucketStart(at: number, { granularity, cycleDay }: ReportWindow): number {
  switch (granularity) {
    case 'Hour':
      return Math.floor(at / HOUR_MS) * HOUR_MS;
    case 'Day':
      return dayStart(dayOf(at));
    case 'Month':
      return cycleStart(at, 1);
    case 'Cycle':
      return cycleStart(at, cycleDay);
  }
}

/** Start of the next bucket: the vendor's sample of one day ends on the day after. */
function bucketEnd(start: number, { granularity, cycleDay }: ReportWindow): number {
  switch (granularity) {
    case 'Hour':
      return start + HOUR_MS;
    case 'Day':
      return dayStart(dayOf(start) + 1);
    case 'Month':
      return addMonths(start, 1);
    case 'Cycle':
      return nextCycleStart(start, cycleDay);
  }
}

const HOUR_MS = 3_600_000;
