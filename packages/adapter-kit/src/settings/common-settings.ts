import { ConnectivityError } from '@carrierkit/core';
import { z } from 'zod';

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

/** Spread into an adapter's own settings schema. */
export const commonSettings = {
  baseUrl: z.string().optional(),
  readOnly: z.boolean().optional(),
  rateShare: z.number().gt(0).max(1).optional(),
  proxy: z.url({ protocol: /^https?$/, error: 'expected http://host:port or https://host:port' }).optional(),
  timeoutMs: z.int().min(1).optional(),
  deadlineMs: z.int().min(1).optional(),
  sender: z.string().min(1).optional(),
  billingCycleDay: z.int().min(1).max(31).optional(),
} as const;

/** A credential in the settings: text or a function. */
export const secretSetting = z.union([
  z.string().min(1),
  z.custom<() => string | Promise<string>>((value) => typeof value === 'function'),
]);

/** Checks an adapter's settings; errors are `input` and name each wrong member, never a value. */
export function parseSettings<T extends z.ZodType>(adapter: string, schema: T, settings: unknown): z.output<T> {
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const issues = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: unknownKey(key, known) }))
      : [{ path: issue.path.join('.') || 'settings', message: issue.message }],
  );
  const text = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ConnectivityError('input', `${adapter} settings: ${text}`, { details: { issues } });
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
