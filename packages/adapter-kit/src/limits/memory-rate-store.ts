import type { RateStore } from '@carrierkit/core';

interface Level {
  tokens: number;
  at: number;
}

/** Token buckets of one process. */
export function memoryRateStore(now: () => number): RateStore {
  const levels = new Map<string, Level>();
  return {
    take(key, { rate, burst, periodMs }, cost) {
      const at = now();
      const level = levels.get(key) ?? { tokens: burst, at };
      const perMs = rate / periodMs;
      const tokens = Math.min(burst, level.tokens + Math.max(0, at - level.at) * perMs);
      const enough = tokens >= cost;
      levels.set(key, { tokens: enough ? tokens - cost : tokens, at });
      return Promise.resolve({ waitMs: enough ? 0 : Math.ceil((cost - tokens) / perMs) });
    },
  };
}
