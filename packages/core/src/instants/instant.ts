import { inputError } from '../errors/make-error.js';
import type { Instant } from '../identifiers/brand.js';

/** Date, then optionally time, fraction and zone. Years before 1000 are left out: `0001-01-01` is how some systems write "never". */
const ISO =
  /^([1-9]\d{3})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;
/** UTC to the second or millisecond, on a day that every month has: nearly all that vendors send, and nothing of it needs to be taken apart. */
const PLAIN =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-]00:?00)$/;
/** `YYYY-MM-DDTHH:mm:ss` */
const SECONDS = 19;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTE = 60_000;
/** 1000-01-01 to 9999-12-31: what four digits can hold. */
const FIRST = -30_610_224_000_000;
const LAST = 253_402_300_799_999;

/** Milliseconds since 1970 or a `Date` as an instant. @throws `input` outside the years 1000 to 9999. */
export function toInstant(time: number | Date): Instant {
  const ms = typeof time === 'number' ? time : time.getTime();
  if (!(ms >= FIRST && ms <= LAST)) throw inputError('time', 'expected a moment in the years 1000 to 9999');
  return new Date(ms).toISOString() as Instant;
}

/** Milliseconds since 1970. */
export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

/**
 * A moment from input: ISO 8601 with a zone (`Z`, `+02:00`, `+0200`), fractions cut to milliseconds.
 * A text without a zone is refused, for nobody could tell which one was meant; dates in a zone of the caller's are read by `core/time`.
 * @throws `input`
 */
export function parseInstant(input: unknown, options: { readonly path?: string } = {}): Instant {
  const read = typeof input === 'string' ? readIso(input) : null;
  if (read !== null && read.zoned) return read.instant;
  const expected = 'expected a moment with its zone, such as 2026-10-01T00:00:00Z';
  throw inputError(options.path ?? 'time', read === null ? expected : `${expected}; the zone is missing`);
}

/** Is this an instant in normal form: `YYYY-MM-DDTHH:mm:ss.sssZ`, a day that exists? */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && readIso(value)?.instant === value;
}

/**
 * A moment from a vendor's text, leniently: ISO 8601 with `T` or a blank, offsets with or without colon, any number of fraction digits (cut to milliseconds).
 * Without a zone it counts as UTC, a bare date as its midnight in UTC (inferred: no vendor says). `null` for anything else, days that do not exist included.
 */
export function instantFrom(text: unknown): Instant | null {
  if (typeof text !== 'string') return null;
  return PLAIN.test(text) ? fromPlain(text) : (readIso(text)?.instant ?? null);
}

function fromPlain(text: string): Instant {
  const fraction = text[SECONDS] === '.' ? text.slice(SECONDS, SECONDS + 4) : '.000';
  return (
    text.length === SECONDS + 5 && text.endsWith('Z') ? text : `${text.slice(0, SECONDS)}${fraction}Z`
  ) as Instant;
}

function readIso(text: string): { readonly instant: Instant; readonly zoned: boolean } | null {
  const parts = ISO.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone] = parts;
  if (!exists(Number(year), Number(month), Number(day)) || hour > '23' || minute > '59' || second > '59') return null;
  const offset = offsetMinutes(zone ?? 'Z');
  if (offset === null) return null;
  const utc = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z` as Instant;
  const zoned = zone !== undefined;
  if (offset === 0) return { instant: utc, zoned };
  const moment = epochMs(utc) - offset * MINUTE;
  return moment >= FIRST && moment <= LAST ? { instant: toInstant(moment), zoned } : null;
}

function exists(year: number, month: number, day: number): boolean {
  const leapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return leapDay || (day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0));
}

/** Of `Z`, `+02`, `+0200` or `+02:00`. */
function offsetMinutes(zone: string): number | null {
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
