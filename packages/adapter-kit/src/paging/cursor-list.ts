import { type CallOptions, type Page, type PagedList, type PageOptions, paged } from '@carrierkit/core';
import { RecentKeys } from './recent-keys.js';

export interface CursorPage<T> {
  readonly items: readonly T[];
  /** What the vendor gives to go on with; `null` on the last page. */
  readonly next: string | null;
}

/** A collection walked by the vendor's cursor, one page read ahead. Items that come again are dropped. */
export function cursorList<T>(
  fetchPage: (request: {
    readonly cursor: string | null;
    readonly size: number | null;
    readonly options: CallOptions;
  }) => Promise<CursorPage<T>>,
  key: (item: T) => string,
  options: CallOptions = {},
): PagedList<T> {
  const keysOf = new WeakMap<AbortSignal, RecentKeys>();
  return paged(async ({ cursor, size, signal }: PageOptions & { readonly signal: AbortSignal }): Promise<Page<T>> => {
    // One signal per walk: the keys belong to the walk, not to the list.
    const keys = keysOf.get(signal) ?? new RecentKeys();
    keysOf.set(signal, keys);
    const page = await fetchPage({ cursor: cursor ?? null, size: size ?? null, options: { ...options, signal } });
    return { items: page.items.filter((item) => keys.add(key(item))), next: page.next, total: null };
  }, options);
}
