import type { TimeWindow } from '@carrierkit/core';
import type { IANAZone } from 'luxon';
import { timestamp } from '../ledger/sql.js';

const MINUTE_MS = 60_000;
const STEP_MS = 6 * 60 * MINUTE_MS;

/** From this instant on, local time is UTC plus so many minutes. */
export interface ZoneOffset {
  readonly from: number;
  readonly minutes: number;
}

/** The zone's offsets over a window, the first from its start. */
export function zoneOffsets(zone: IANAZone, window: TimeWindow): readonly ZoneOffset[] {
  const end = Date.parse(window.to);
  const offsets: ZoneOffset[] = [];
  const offsetAt = (time: number) => Math.round(zone.offset(time));
  for (let time = Date.parse(window.from); time < end; time += STEP_MS) {
    const minutes = offsetAt(time);
    const last = offsets.at(-1);
    if (!last) offsets.push({ from: time, minutes });
    else if (last.minutes !== minutes) offsets.push({ from: changeBetween(time - STEP_MS, time, offsetAt), minutes });
  }
  const last = offsets.at(-1);
  const minutesAtEnd = offsetAt(end);
  if (last && last.minutes !== minutesAtEnd)
    offsets.push({ from: changeBetween(end - STEP_MS, end, offsetAt), minutes: minutesAtEnd });
  return offsets;
}

/** SQL for the minutes between UTC and local time at a UTC timestamp. Node's zone data decides, so that window and buckets agree. */
export function offsetMinutesSql(column: string, offsets: readonly ZoneOffset[]): string {
  const [first, ...changes] = offsets;
  if (!first) return '0';
  if (changes.length === 0) return String(first.minutes);
  const cases = changes.map(
    ({ from }, index) =>
      `WHEN ${column} < ${timestamp(new Date(from).toISOString())} THEN ${offsets[index]?.minutes ?? 0}`,
  );
  return `CASE ${cases.join(' ')} ELSE ${changes.at(-1)?.minutes ?? 0} END`;
}

/** SQL for the first instant of the clock hour around a UTC timestamp: not before the change of clocks that gave the hour its offset. */
export function hourStartSql(column: string, offsets: readonly ZoneOffset[]): string {
  const start = `date_trunc('hour', ${localTimeSql(column, offsets)}) - to_minutes(${offsetMinutesSql(column, offsets)})`;
  const changes = offsets.slice(1).map(({ from }) => timestamp(new Date(from).toISOString()));
  // Only where clocks change by a part of an hour (Lord Howe Island) an hour begins in the middle of another.
  return changes.length === 0
    ? start
    : `greatest(${start}, CASE ${changes
        .toReversed()
        .map((change) => `WHEN ${column} >= ${change} THEN ${change}`)
        .join(' ')} END)`;
}

/** SQL for the local time of a UTC timestamp. */
export function localTimeSql(column: string, offsets: readonly ZoneOffset[]): string {
  return offsets.every(({ minutes }) => minutes === 0)
    ? column
    : `(${column} + to_minutes(${offsetMinutesSql(column, offsets)}))`;
}

/** The whole minute at which the offset changes; zones change at most once in a quarter of a day. */
function changeBetween(low: number, high: number, offsetAt: (time: number) => number): number {
  const before = offsetAt(low);
  let [from, to] = [low, high];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (offsetAt(middle) === before) from = middle;
    else to = middle;
  }
  return to;
}
