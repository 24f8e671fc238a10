import type { DateTime } from 'luxon';
import { inputError } from '../errors/make-error.js';
import type { Instant } from '../identifiers/brand.js';
import type { TimeWindow } from '../instants/time-window.js';
import { hourOf } from './hour.js';
import { firstMoment, localTime } from './local-time.js';

/** Pieces of the calendar. A `week` begins on Monday (ISO 8601), a `cycle` on the billing day of the month. */
export type Bucket = 'hour' | 'day' | 'week' | 'month' | 'cycle';

/** Where the calendar is read. */
export interface BucketOptions {
  /** IANA name; UTC where left out. */
  readonly zone?: string;
  /** For `cycle`: 1 to 31; in months without that day the last one. 1 where left out. */
  readonly billingCycleDay?: number;
}

/**
 * The hour, day, week, month or billing cycle that holds the moment, by the clocks of a zone: a day has 23 or 25 hours where they change.
 * @throws `input` when there is no such zone or billing day
 */
export function bucketOf(instant: Instant, bucket: Bucket, options: BucketOptions = {}): TimeWindow {
  const local = localTime(instant, options.zone ?? 'UTC');
  if (bucket === 'hour') return hourOf(local);
  if (bucket === 'cycle') return cycleOf(local, instant, billingDay(options.billingCycleDay ?? 1));
  const start = local.startOf(bucket);
  return { from: firstMoment(start), to: firstMoment(start.plus({ [bucket]: 1 }).startOf(bucket)) };
}

/** All buckets that touch a window, in order and entire: the first may begin before it, the last may end after it. */
export function bucketsOf(window: TimeWindow, bucket: Bucket, options: BucketOptions = {}): readonly TimeWindow[] {
  const buckets: TimeWindow[] = [];
  for (let at = window.from; at < window.to; ) {
    const next = bucketOf(at, bucket, options);
    buckets.push(next);
    at = next.to;
  }
  return buckets;
}

function cycleOf(local: DateTime, instant: Instant, day: number): TimeWindow {
  const month = local.startOf('month');
  const startIn = (months: number): Instant => {
    const first = month.plus({ months });
    return firstMoment(first.set({ day: Math.min(day, first.daysInMonth ?? day) }).startOf('day'));
  };
  const start = startIn(0);
  return start <= instant ? { from: start, to: startIn(1) } : { from: startIn(-1), to: start };
}

function billingDay(day: number): number {
  if (Number.isInteger(day) && day >= 1 && day <= 31) return day;
  throw inputError('billingCycleDay', 'expected a day of the month, 1 to 31');
}
