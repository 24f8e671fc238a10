import { ConnectivityError } from '@carrierkit/core';
import { z } from 'zod';
import { Secret, type SecretSource } from './secret.js';

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
  proxy: z.url().optional(),
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
  const issues = result.error.issues.map((issue) => ({
    path: issue.path.join('.') || 'settings',
    message: issue.message,
  }));
  const text = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ConnectivityError('input', `${adapter} settings: ${text}`, { details: { issues } });
}

/** The credential of a setting. */
export function secretOf(source: SecretSource): Secret {
  return new Secret(source);
}
