import { type CallOptions, type Page, type PagedList, paged, pagedFrom } from '@carrierkit/core';
import { RecentKeys } from './recent-keys.js';

/** One page as `cursorList` needs it. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  /** What the vendor gives to go on with; `null` on the last page. */
  readonly next: string | null;
}

/** A collection walked by the vendor's cursor, one page read ahead. Items that come again within a walk are dropped. */
export function cursorList<T>(
  fetchPage: (request: {
    readonly cursor: string | null;
    readonly size: number | null;
    readonly options: CallOptions;
  }) => Promise<CursorPage<T>>,
  key: (item: T) => string,
  options: CallOptions = {},
): PagedList<T> {
  const vendorPages = paged<T>(async ({ cursor, size, signal }) => {
    const page = await fetchPage({ cursor: cursor ?? null, size: size ?? null, options: { ...options, signal } });
    return { items: page.items, next: page.next, total: null };
  }, options);
  return pagedFrom((request) => withoutRepeats(vendorPages.pages(request), key), options);
}

async function* withoutRepeats<T>(
  pages: AsyncIterable<Page<T>>,
  key: (item: T) => string,
): AsyncGenerator<Page<T>, undefined> {
  const keys = new RecentKeys();
  for await (const page of pages) yield { ...page, items: page.items.filter((item) => keys.add(key(item))) };
}
