import type { Clock } from './clock.js';

/** Rate limiters on the sandbox's clock. */
export interface Limits {
  /** Bucket that holds `burst` calls and refills with `rate` calls a second. */
  tokenBucket(limit: { readonly rate: number; readonly burst: number }): Limiter;
  /** `limit` calls in each window of `periodMs`, the first window beginning with the first call. */
  fixedWindow(limit: { readonly limit: number; readonly periodMs: number }): Limiter;
}

export interface Limiter {
  /** One call for `key` (a user, an address). */
  take(key: string): Take;
}

export interface Take {
  readonly allowed: boolean;
  readonly limit: number;
  /** Calls left after this one. */
  readonly remaining: number;
  /** Until the window ends, or until the bucket has one call more. */
  readonly resetMs: number;
}

/** Keys seen longest ago are forgotten beyond this number. */
const MAX_KEYS = 10_000;

export function createLimits(clock: Clock, enabled: boolean): Limits {
  return {
    tokenBucket: ({ rate, burst }) => {
      const buckets = new Map<string, { tokens: number; at: number }>();
      return {
        take: (key) => {
          const now = clock.now();
          const bucket = buckets.get(key) ?? { tokens: burst, at: now };
          const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
          const allowed = !enabled || tokens >= 1;
          const left = enabled && allowed ? tokens - 1 : tokens;
          remember(buckets, key, { tokens: left, at: now });
          const resetMs = Math.max(0, Math.ceil(((1 - left) / rate) * 1000));
          return { allowed, limit: burst, remaining: Math.floor(left), resetMs };
        },
      };
    },
    fixedWindow: ({ limit, periodMs }) => {
      const windows = new Map<string, { start: number; used: number }>();
      return {
        take: (key) => {
          const now = clock.now();
          const known = windows.get(key);
          const window = known !== undefined && now < known.start + periodMs ? known : { start: now, used: 0 };
          const allowed = !enabled || window.used < limit;
          if (enabled && allowed) window.used += 1;
          remember(windows, key, window);
          return { allowed, limit, remaining: limit - window.used, resetMs: window.start + periodMs - now };
        },
      };
    },
  };
}

function remember<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key);
  entries.set(key, value);
  if (entries.size <= MAX_KEYS) return;
  for (const oldest of entries.keys()) {
    entries.delete(oldest);
    break;
  }
}
