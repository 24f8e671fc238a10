import {
  type CallOptions,
  ConnectivityError,
  type Page,
  type PagedList,
  type PageOptions,
  type ProviderId,
} from '@carrierkit/core';
import { RecentKeys } from './recent-keys.js';

export interface NumberedPage<T> {
  readonly items: readonly T[];
  /** Number of the last page, if the vendor told it with this one. */
  readonly lastPage: number | null;
  /** Whether another page follows, where only that is told. */
  readonly more: boolean;
  readonly total: number | null;
}

export interface NumberedListConfig<T> {
  readonly provider: ProviderId;
  readonly fetchPage: (request: {
    readonly page: number;
    readonly size: number;
    readonly options: CallOptions;
  }) => Promise<NumberedPage<T>>;
  /** Stable and unique; the vendor is asked to sort by it. */
  readonly key: (item: T) => string;
  readonly pageSize: { readonly default: number; readonly max: number };
  /** Pages under way at once, once the last page is known. */
  readonly parallel: number;
  readonly options?: CallOptions;
}

/**
 * A collection of numbered pages: fetched side by side within `parallel`, given out in order. Items that moved to a later page come once;
 * if fewer came than the vendor told, the list ends with a `contract` error instead of silently lacking some.
 */
export function numberedList<T>(config: NumberedListConfig<T>): PagedList<T> {
  const pages = (request: PageOptions = {}) => walk(config, request);
  async function* items(size: number): AsyncGenerator<T, void, undefined> {
    for await (const page of pages({ size })) yield* page.items;
  }
  return {
    pages,
    [Symbol.asyncIterator]: () => items(config.pageSize.max),
    async toArray({ limit }) {
      const all: T[] = [];
      if (limit <= 0) return all;
      for await (const item of items(Math.min(config.pageSize.max, limit))) if (all.push(item) >= limit) break;
      return all;
    },
  };
}

/** `<size>.<page>`: pages of another size would begin elsewhere. */
function parseCursor(cursor: string, max: number): { readonly size: number; readonly page: number } {
  const match = /^(\d{1,6})\.(\d{1,9})$/.exec(cursor);
  const [size, page] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || size < 1 || size > max || page < 1) {
    const message = 'is not a cursor of this list; pass what `page.next` gave';
    throw new ConnectivityError('input', `cursor ${message}`, { details: { issues: [{ path: 'cursor', message }] } });
  }
  return { size, page };
}

async function* walk<T>(config: NumberedListConfig<T>, request: PageOptions): AsyncGenerator<Page<T>, void, undefined> {
  const { fetchPage, key, pageSize, options = {} } = config;
  const wanted = { size: Math.max(1, Math.min(request.size ?? pageSize.default, pageSize.max)), page: 1 };
  const { size, page: first } = request.cursor === undefined ? wanted : parseCursor(request.cursor, pageSize.max);
  const stop = new AbortController();
  const follow = () => stop.abort();
  options.signal?.addEventListener('abort', follow, { once: true });
  if (options.signal?.aborted) stop.abort();
  const ask = (page: number) => {
    const asked = fetchPage({ page, size, options: { ...options, signal: stop.signal } });
    // A page read ahead may fail while nobody waits for it; its error comes when its turn does.
    asked.catch(() => {});
    return asked;
  };
  const keys = new RecentKeys();
  const queue = [ask(first)];
  let asked = first;
  let seen = 0;
  try {
    for (let page = first; ; page++) {
      const current = await (queue.shift() as Promise<NumberedPage<T>>);
      const last = current.lastPage ?? (current.more ? page + 1 : page);
      // Without a told last page only the next one is known to exist.
      while (asked < last && queue.length < (current.lastPage === null ? 1 : config.parallel)) queue.push(ask(++asked));
      const items = current.items.filter((item) => keys.add(key(item)));
      seen += items.length;
      const ended = page >= last || (current.items.length > 0 && items.length === 0);
      yield { items, next: ended ? null : `${size}.${page + 1}`, total: current.total };
      if (!ended) continue;
      if (first === 1 && current.total !== null && seen < current.total)
        throw incomplete(config.provider, seen, current.total);
      return;
    }
  } finally {
    options.signal?.removeEventListener('abort', follow);
    stop.abort();
  }
}

function incomplete(provider: ProviderId, seen: number, total: number): ConnectivityError<'contract'> {
  const message = `the vendor told ${total} items and gave ${seen}: some moved between pages while the list was read; read it again`;
  return new ConnectivityError('contract', message, { provider });
}
