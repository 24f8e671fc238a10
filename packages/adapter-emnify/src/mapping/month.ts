import { epochMs, type Instant, type TimeWindow, toInstant } from '@carrierkit/core';

const dayMs = 86_400_000;

/** The first moment of the UTC month that holds `time`, or of one so many months later. The vendor names no other zone (UTC is inferred). */
export function monthStart(time: Instant | number, later = 0): Instant {
  const date = new Date(typeof time === 'number' ? time : epochMs(time));
  return toInstant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1));
}

/** The first moment of the next UTC day. */
export function nextDay(day: Instant): Instant {
  return toInstant(epochMs(day) + dayMs);
}

/** The UTC months that begin in the window, up to the present one. */
export function monthsIn({ from, to }: TimeWindow, now: number): readonly Instant[] {
  const months: Instant[] = [];
  const first = monthStart(from);
  for (
    let month = first < from ? monthStart(from, 1) : first;
    month < to && epochMs(month) <= now;
    month = monthStart(month, 1)
  )
    months.push(month);
  return months;
}

/** The whole UTC days that touch the window and have begun, as the vendor wants them; `end` is excluded. Longer than a month: several, one call each. */
export function dayRanges(
  { from, to }: TimeWindow,
  now: number,
): readonly { readonly start: string; readonly end: string }[] {
  const first = Math.floor(epochMs(from) / dayMs);
  const end = Math.min(Math.ceil(epochMs(to) / dayMs), Math.floor(now / dayMs) + 1);
  const ranges: { start: string; end: string }[] = [];
  for (let start = first; start < end; start += 31)
    ranges.push({ start: dayText(start), end: dayText(Math.min(start + 31, end)) });
  return ranges;
}

function dayText(day: number): string {
  return toInstant(day * dayMs).slice(0, 10);
}
