import type { TimeWindow } from '@carrierkit/core';
import { bucketsOf } from '@carrierkit/core/time';
import { DateTime } from 'luxon';

export interface TimeAxis {
  readonly per: 'day' | 'week' | 'month';
  /** Every bucket of the window, also those in which nothing happened: as in the report, and as short as a chart needs. */
  readonly buckets: readonly { readonly key: string; readonly label: string }[];
}

const DAY_MS = 86_400_000;
/** More columns than this cannot be told apart on paper. */
const MOST_DAYS = 100;
const KEY_FORMAT = { day: 'yyyy-MM-dd', week: "kkkk-'W'WW", month: 'yyyy-MM' } as const;
const LABEL_FORMAT = { day: 'd LLL', week: "'W'W", month: 'LLL yy' } as const;

export function timeAxis(window: TimeWindow, zone: string, wanted: TimeAxis['per'] | null): TimeAxis {
  const days = (Date.parse(window.to) - Date.parse(window.from)) / DAY_MS;
  const per = wanted ?? (days <= MOST_DAYS ? 'day' : 'month');
  const buckets = bucketsOf(window, per, { zone }).map(({ from }) => {
    const start = DateTime.fromISO(from, { zone, locale: 'en' });
    return { key: start.toFormat(KEY_FORMAT[per]), label: start.toFormat(LABEL_FORMAT[per]) };
  });
  return { per, buckets };
}

/** `1 to 31 October 2026`, or the instants where they are not whole days of the zone. */
export function periodText({ from, to }: TimeWindow, zone: string): string {
  const [start, end] = [from, to].map((instant) => DateTime.fromISO(instant, { zone, locale: 'en' })) as [
    DateTime,
    DateTime,
  ];
  const wholeDays = [start, end].every((time) => time.toMillis() === time.startOf('day').toMillis());
  if (!wholeDays) return `${timeText(from, zone)} to ${timeText(to, zone)}`;
  const last = end.minus({ days: 1 });
  const full = last.toFormat('d LLLL yyyy');
  if (start.hasSame(last, 'day')) return full;
  if (start.hasSame(last, 'month')) return `${start.toFormat('d')} to ${full}`;
  return `${start.toFormat(start.hasSame(last, 'year') ? 'd LLLL' : 'd LLLL yyyy')} to ${full}`;
}

/** `1 Nov 2026, 00:00` */
export function timeText(instant: string | number, zone: string): string {
  const time =
    typeof instant === 'number'
      ? DateTime.fromMillis(instant, { zone, locale: 'en' })
      : DateTime.fromISO(instant, { zone, locale: 'en' });
  return time.toFormat('d LLL yyyy, HH:mm');
}
