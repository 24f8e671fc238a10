import type { KeyValueStore } from '@carrierkit/core';

/** What is kept when nobody gives a store: it ends with the process. */
export function memoryStore(): KeyValueStore {
  const entries = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(entries.get(key) ?? null),
    set(key, value) {
      entries.set(key, value);
      return Promise.resolve();
    },
    delete(key) {
      entries.delete(key);
      return Promise.resolve();
    },
    async *keys(prefix) {
      for (const key of [...entries.keys()]) if (key.startsWith(prefix)) yield key;
    },
  };
}
