import { inputError } from '../errors/make-error.js';
import type { Instant } from '../identifiers/brand.js';
import { epochMs, parseInstant, toInstant } from './instant.js';
import type { TimeWindow } from './time-window.js';

const DAY = 86_400_000;

/** A window from its ends: texts with a zone, `Date`s or milliseconds since 1970. @throws `input` when an end is no moment, or `to` is not after `from` */
export function timeWindow(from: string | number | Date, to: string | number | Date): TimeWindow {
  const window = { from: instantOf(from, 'from'), to: instantOf(to, 'to') };
  if (window.from >= window.to) throw inputError('to', 'expected a moment after `from`: a window is from <= t < to');
  return window;
}

/** Is the moment in the window? `from` is, `to` is not. */
export function windowContains(window: TimeWindow, instant: Instant): boolean {
  return window.from <= instant && instant < window.to;
}

/** Do two windows share a moment? Two that only touch do not. */
export function windowsOverlap(a: TimeWindow, b: TimeWindow): boolean {
  return a.from < b.to && b.from < a.to;
}

/** What two windows have in common; `null` when nothing. */
export function commonWindow(a: TimeWindow, b: TimeWindow): TimeWindow | null {
  if (!windowsOverlap(a, b)) return null;
  return { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to };
}

/**
 * The window in pieces that each touch at most `days` UTC days, in order and without gaps. Every inner cut is a UTC midnight, since vendors count by day:
 * a window that begins within a day has a shorter first piece. `Infinity` leaves it whole.
 * @throws `input` when `days` is not a positive whole number
 */
export function splitWindow(window: TimeWindow, days: number): readonly TimeWindow[] {
  if (!(days >= 1) || (days !== Infinity && !Number.isInteger(days)))
    throw inputError('days', 'expected a positive whole number');
  const end = epochMs(window.to);
  const pieces: TimeWindow[] = [];
  let from = window.from;
  for (let cut = midnightBefore(window.from) + days * DAY; cut < end; cut += days * DAY) {
    const to = toInstant(cut);
    pieces.push({ from, to });
    from = to;
  }
  return [...pieces, { from, to: window.to }];
}

/** The part of a window that lies in one calendar month. */
export interface MonthPart {
  /** `2026-10` */
  readonly month: string;
  readonly window: TimeWindow;
  /** Is it the entire month? */
  readonly whole: boolean;
}

/** The window cut at the first of each UTC month. */
export function monthsOf(window: TimeWindow): readonly MonthPart[] {
  const parts: MonthPart[] = [];
  for (let from = window.from; from < window.to; ) {
    const month = from.slice(0, 7);
    const entire = monthWindow(month);
    const to = entire.to < window.to ? entire.to : window.to;
    parts.push({ month, window: { from, to }, whole: from === entire.from && to === entire.to });
    from = to;
  }
  return parts;
}

/** Is the window exactly one calendar month in UTC? */
export function isWholeMonth(window: TimeWindow): boolean {
  const month = monthWindow(window.from.slice(0, 7));
  return window.from === month.from && window.to === month.to;
}

/** A calendar month in UTC from `2026-10`. @throws `input` */
export function monthWindow(month: string): TimeWindow {
  const parts = /^([1-9]\d{3})-(0[1-9]|1[0-2])$/.exec(month);
  if (!parts) throw inputError('month', 'expected a month such as 2026-10');
  const [, year, number] = parts;
  return {
    from: toInstant(Date.UTC(Number(year), Number(number) - 1)),
    to: toInstant(Date.UTC(Number(year), Number(number))),
  };
}

function instantOf(value: string | number | Date, path: string): Instant {
  return typeof value === 'string' ? parseInstant(value, { path }) : toInstant(value);
}

function midnightBefore(instant: Instant): number {
  return Math.floor(epochMs(instant) / DAY) * DAY;
}
