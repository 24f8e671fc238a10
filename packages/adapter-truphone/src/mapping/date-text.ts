import { epochMs, type Instant, type TimeWindow, toInstant } from '@carrierkit/core';

/** A moment as the vendor wants it in filters and reports: `YYYY-MM-DD HH:MM:SS`, in UTC (inferred). What is less than a second is cut off. */
export function dateText(moment: Instant | number): string {
  const text = typeof moment === 'number' ? toInstant(moment) : moment;
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** A window as the vendor's bounds, which both count: as narrow as seconds allow. What lies outside is left out by the caller. */
export function dateBounds({ from, to }: TimeWindow): { readonly from: string; readonly to: string } {
  return { from: dateText(from), to: dateText(epochMs(to) - 1) };
}
