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
      // Left as it was: refilled in steps it would come out a rounding error above what the vendor counts, who was not asked.
      if (tokens < cost) return Promise.resolve({ waitMs: Math.ceil((cost - tokens) / perMs) });
      levels.set(key, { tokens: tokens - cost, at });
      return Promise.resolve({ waitMs: 0 });
    },
  };
}

/** By clock: levels mean nothing to a clock that they were not counted by. */
const perAddress = new WeakMap<() => number, RateStore>();

/** The levels of what vendors count per calling address: shared by all providers of this process, for they all call from one. */
export function addressRateStore(now: () => number): RateStore {
  let store = perAddress.get(now);
  if (store === undefined) {
    store = memoryRateStore(now);
    perAddress.set(now, store);
  }
  return store;
}
