import type { KeyValueStore } from '@carrierkit/core';

/** A part of a store: every key carries the prefix, invisibly to the user of the part. */
export function scopedStore(store: KeyValueStore, prefix: string): KeyValueStore {
  return {
    get: (key) => store.get(prefix + key),
    set: (key, value, options) => store.set(prefix + key, value, options),
    delete: (key) => store.delete(prefix + key),
    async *keys(inner) {
      for await (const key of store.keys(prefix + inner)) yield key.slice(prefix.length);
    },
  };
}
