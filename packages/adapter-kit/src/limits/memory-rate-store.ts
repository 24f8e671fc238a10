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
