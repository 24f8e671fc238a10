import { ConnectivityError } from '@carrierkit/core';
import { type Field, field } from './field.js';

/** Settings that every adapter takes. */
export interface CommonSettings {
  /** Replaces scheme and host of the vendor's servers; a path in it goes before theirs. https, or http on loopback. */
  readonly baseUrl?: string | undefined;
  /** Refuses every call that could change something. */
  readonly readOnly?: boolean | undefined;
  /** The part of every rate allowance that this process may use, 0 < share <= 1; default 1. */
  readonly rateShare?: number | undefined;
  /** http(s) proxy through which https calls are tunnelled (CONNECT). */
  readonly proxy?: string | undefined;
  /** For one attempt, milliseconds; default 30,000. Streams: the longest silence. */
  readonly timeoutMs?: number | undefined;
  /** For one vendor call with its retries, milliseconds; default 120,000. */
  readonly deadlineMs?: number | undefined;
  /** Sender of SMS where the vendor wants one. */
  readonly sender?: string | undefined;
  /** 1 to 31: the day on which the billing cycle starts. */
  readonly billingCycleDay?: number | undefined;
}

/** Spread into an adapter's own fields. */
export const commonSettings = {
  baseUrl: field.optional(field.text),
  readOnly: field.optional(field.flag),
  rateShare: field.optional(field.share),
  proxy: field.optional(field.httpUrl),
  timeoutMs: field.optional(field.wholeNumber(1)),
  deadlineMs: field.optional(field.wholeNumber(1)),
  sender: field.optional(field.text),
  billingCycleDay: field.optional(field.wholeNumber(1, 31)),
} as const;

type Fields = Readonly<Record<string, Field<unknown>>>;

/** What the fields read. */
export type SettingsOf<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> };

/** Reads an adapter's settings; errors are `input` and name each wrong member, never a value. */
export function parseSettings<F extends Fields>(adapter: string, fields: F, settings: unknown): SettingsOf<F> {
  const given = typeof settings === 'object' && !Array.isArray(settings) ? settings : null;
  if (given === null) throw refused(adapter, [{ path: 'settings', message: 'expected an object' }]);
  const known = Object.keys(fields);
  const issues = Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: key, message: unknownKey(key, known) }));
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(fields)) {
    try {
      const value = read(Object.hasOwn(given, name) ? given[name as keyof typeof given] : undefined, name);
      if (value !== undefined) values[name] = value;
    } catch (error) {
      if (!ConnectivityError.is(error, 'input')) throw error;
      issues.push(...error.details.issues);
    }
  }
  if (issues.length > 0) throw refused(adapter, issues);
  // Filled field by field above.
  return values as SettingsOf<F>;
}

function refused(adapter: string, issues: readonly { readonly path: string; readonly message: string }[]) {
  const text = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ConnectivityError('input', `${adapter} settings: ${text}`, { details: { issues } });
}

function unknownKey(key: string, known: readonly string[]): string {
  const alike = known.find((name) => isAlike(name, key));
  return `is not a known key${alike === undefined ? `; known are ${known.join(', ')}` : `; did you mean '${alike}'?`}`;
}

/** Equal but for case, or at most two single-letter edits (Levenshtein) apart. */
function isAlike(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return (row[right.length] ?? 0) <= 2;
}
