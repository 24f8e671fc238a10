import { type CallOptions, type PagedList, paged } from '@carrierkit/core';

/** A collection of nothing, for what can be answered without a call. */
export function emptyList<T>(options: CallOptions = {}): PagedList<T> {
  return paged<T>(() => Promise.resolve({ items: [], next: null, total: 0 }), options);
}
