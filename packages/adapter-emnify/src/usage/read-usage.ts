import {
  type CallOptions,
  epochMs,
  type Iccid,
  type Instant,
  instantFrom,
  type TimeWindow,
  type UsageKind,
  type UsageRecord,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { settlesAfterHours } from '../capabilities.js';
import { dayRanges, monthStart, monthsIn, nextDay } from '../mapping/month.js';
import { monthsTold, noTraffic } from '../mapping/months-told.js';
import { sumCounters } from '../mapping/sum-counters.js';
import { dataRecords, satelliteRecords, smsRecords, type UsageCell } from '../mapping/usage.js';
import type { Counter, DailyStatistics } from '../operations/statistics.js';

/** A SIM whose usage is read: its ICCID and the vendor's id are enough. */
export interface UsageTarget {
  readonly iccid: Iccid;
  readonly ref: string;
}

/** What is wanted of each SIM. */
export interface UsageQuery {
  readonly window: TimeWindow;
  readonly kinds: ReadonlySet<UsageKind>;
}

type Figures = { readonly [K in 'data' | 'sms']?: Counter | null | undefined };

/** Day by day, as far as the vendor has rows. */
export async function readDays(
  account: Account,
  target: UsageTarget,
  query: UsageQuery,
  options: CallOptions,
): Promise<readonly UsageRecord[]> {
  const records: UsageRecord[] = [];
  for (const range of dayRanges(query.window, account.timing.now())) {
    for (const day of await dailyRows(account, target, range, options)) {
      const startedAt = dateOf(day);
      if (startedAt === null || startedAt < query.window.from || startedAt >= query.window.to) continue;
      const cell = cellOf(account, target, 'day', startedAt, nextDay(startedAt));
      records.push(...recordsOf(account, cell, day), ...satelliteRecords(cell, day, account.settings));
    }
  }
  return records.filter(({ kind }) => query.kinds.has(kind));
}

/** Month by month: this one and the last with one call; older ones, which the monthly statistics no longer tell, as sums of their days with one call each. */
export async function readMonths(
  account: Account,
  target: UsageTarget,
  query: UsageQuery,
  options: CallOptions,
): Promise<readonly UsageRecord[]> {
  const now = account.timing.now();
  const wanted = monthsIn(query.window, now);
  const recent = wanted.some((month) => month >= monthStart(now, -1));
  const told = recent ? await recentMonths(account, target, now, options) : null;
  const records: UsageRecord[] = [];
  for (const month of wanted) {
    const cell = cellOf(account, target, 'month', month, monthStart(month, 1));
    const period = told?.get(month);
    const figures = period
      ? { data: period.data ?? noTraffic, sms: period.sms ?? noTraffic }
      : await summedDays(account, target, month, options);
    records.push(...recordsOf(account, cell, figures));
  }
  return records.filter(({ kind }) => query.kinds.has(kind));
}

async function recentMonths({ client }: Account, { ref }: UsageTarget, now: number, options: CallOptions) {
  const { data } = await client.getSimStats({ sim_id: ref }, options);
  return monthsTold(data[0], now);
}

/** Without any row it cannot be told whether there was no traffic or it is no longer remembered. */
async function summedDays(
  account: Account,
  target: UsageTarget,
  month: Instant,
  options: CallOptions,
): Promise<Figures> {
  const range = { start: month.slice(0, 10), end: monthStart(month, 1).slice(0, 10) };
  const rows = await dailyRows(account, target, range, options);
  const days = rows.filter((day) => (dateOf(day) ?? '').startsWith(month.slice(0, 7)));
  if (days.length === 0) return {};
  const figures = (name: 'data' | 'sms') => {
    const told = days.flatMap((day) => day[name] ?? []);
    return told.length === 0 ? noTraffic : sumCounters(told);
  };
  return { data: figures('data'), sms: figures('sms') };
}

/** Both bounds are sent, for the vendor's pages disagree about half-open ranges; whether it counts the end date or not, the rows tell their day. */
async function dailyRows(
  { client }: Account,
  { ref }: UsageTarget,
  { start, end }: { readonly start: string; readonly end: string },
  options: CallOptions,
): Promise<readonly DailyStatistics[]> {
  const { data } = await client.getSimDailyStats({ sim_id: ref, start_date: start, end_date: end }, options);
  return data;
}

/** `null` for a row that is no day, such as TOTAL. */
function dateOf({ date }: DailyStatistics): Instant | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? instantFrom(date) : null;
}

function recordsOf({ settings }: Account, cell: UsageCell, { data, sms }: Figures): readonly UsageRecord[] {
  return [...(data ? dataRecords(cell, data, settings) : []), ...(sms ? smsRecords(cell, sms, settings) : [])];
}

function cellOf(
  { provider, timing }: Account,
  { iccid, ref }: UsageTarget,
  grain: 'day' | 'month',
  startedAt: Instant,
  endedAt: Instant,
): UsageCell {
  const settled = epochMs(endedAt) + settlesAfterHours * 3_600_000 <= timing.now();
  return { provider, iccid, simRef: ref, grain, startedAt, endedAt, finality: settled ? 'settled' : 'provisional' };
}
