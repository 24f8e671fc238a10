import { DateTime } from 'luxon';
import { inputError } from '../errors/make-error.js';
import type { Instant } from '../identifiers/brand.js';
import { parseInstant } from '../instants/instant.js';
import type { TimeWindow } from '../instants/time-window.js';
import { firstMoment } from './local-time.js';
import { parseZone } from './zone.js';

const LOCAL = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$/;
const MONTH = /^\d{4}-\d\d$/;

/** Where and under which name a date was given. */
export interface DateOptions {
  /** IANA name; UTC where left out. */
  readonly zone?: string;
  /** The member or option that errors name. */
  readonly path?: string;
}

/**
 * A moment as people write it: `2026-10-01` (its first moment in the zone), `2026-10-01 14:30`, or ISO 8601 with a zone of its own.
 * @throws `input`, also for days that do not exist
 */
export function parseDate(input: unknown, options: DateOptions = {}): Instant {
  const zone = parseZone(options.zone ?? 'UTC');
  const path = options.path ?? 'date';
  if (typeof input !== 'string' || !LOCAL.test(input.trim())) return momentOf(input, path);
  const local = DateTime.fromISO(input.trim().replace(' ', 'T'), { zone });
  if (!local.isValid) throw inputError(path, 'there is no such day or time');
  return firstMoment(local);
}

function momentOf(input: unknown, path: string): Instant {
  try {
    return parseInstant(input, { path });
  } catch {
    throw inputError(
      path,
      'expected a date such as 2026-10-01, or a moment with its zone such as 2026-10-01T00:00:00Z',
    );
  }
}

/** The window from one date to another, `to` excluded: `2026-10-01` to `2026-11-01` is all of October. @throws `input` */
export function windowOfDates(from: unknown, to: unknown, options: Omit<DateOptions, 'path'> = {}): TimeWindow {
  const window = { from: parseDate(from, { ...options, path: 'from' }), to: parseDate(to, { ...options, path: 'to' }) };
  if (window.from >= window.to) throw inputError('to', 'expected a date after `from`; `to` itself is not included');
  return window;
}

/** A calendar month in a zone, from `2026-10`. @throws `input` */
export function windowOfMonth(month: unknown, options: DateOptions = {}): TimeWindow {
  const zone = parseZone(options.zone ?? 'UTC');
  const start = typeof month === 'string' && MONTH.test(month.trim()) ? DateTime.fromISO(month.trim(), { zone }) : null;
  if (!start?.isValid) throw inputError(options.path ?? 'month', 'expected a month such as 2026-10');
  return { from: firstMoment(start), to: firstMoment(start.plus({ months: 1 })) };
}
