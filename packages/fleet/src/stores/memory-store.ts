import type { KeyValueStore } from '@carrierkit/core';

/** A KeyValueStore that forgets with the process. */
export function memoryStore(clock: () => number = Date.now): KeyValueStore {
  const entries = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const live = (key: string): string | null => {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    if (entry.expiresAt > clock()) return entry.value;
    entries.delete(key);
    return null;
  };
  return {
    async get(key) {
      return live(key);
    },
    async set(key, value, options = {}) {
      entries.set(key, { value, expiresAt: clock() + (options.ttlMs ?? Number.POSITIVE_INFINITY) });
    },
    async delete(key) {
      entries.delete(key);
    },
    async *keys(prefix) {
      for (const key of [...entries.keys()]) if (key.startsWith(prefix) && live(key) !== null) yield key;
    },
  };
}
