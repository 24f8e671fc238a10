import { performance } from 'node:perf_hooks';
import {
  type CallOptions,
  ConnectivityError,
  onAbort,
  type Page,
  type PagedList,
  type PageOptions,
  type ProviderId,
  pagedFrom,
} from '@carrierkit/core';
import { foreignCursor } from './cursors.js';
import { RecentKeys } from './recent-keys.js';

/** One page as `numberedList` needs it. */
export interface NumberedPage<T> {
  readonly items: readonly T[];
  /** Number of the last page, if the vendor told it with this one. */
  readonly lastPage: number | null;
  /** Whether another page follows, where only that is told. */
  readonly more: boolean;
  readonly total: number | null;
}

/** How a collection of numbered pages is read. */
export interface NumberedListConfig<T> {
  readonly provider: ProviderId;
  /** Reads page `page`, counted from 1, with `size` items a page. */
  readonly fetchPage: (request: {
    readonly page: number;
    readonly size: number;
    readonly options: CallOptions;
  }) => Promise<NumberedPage<T>>;
  /** Stable and unique; the vendor is asked to sort by it. */
  readonly key: (item: T) => string;
  /** Without a `size` in the request pages are as large as the vendor allows: fewest calls. */
  readonly pageSize: { readonly max: number };
  /** Pages under way at once, once the last page is known. */
  readonly parallel: number;
  readonly options?: CallOptions;
}

/**
 * A collection of numbered pages: fetched side by side within `parallel`, given out in order. Items that moved to a later page come once;
 * if fewer came than the vendor told, the list ends with a `contract` error instead of silently lacking some.
 */
export function numberedList<T>(config: NumberedListConfig<T>): PagedList<T> {
  return pagedFrom(
    (request, wanted) => ({ [Symbol.asyncIterator]: () => stoppable(config, request, wanted) }),
    config.options,
  );
}

/** Leaving stops what is under way first: waiting for the generator would mean waiting for the vendor. */
function stoppable<T>(
  config: NumberedListConfig<T>,
  request: PageOptions,
  wanted: number,
): AsyncIterator<Page<T>, undefined> {
  const stop = new AbortController();
  const pages = walk(config, request, wanted, stop);
  return {
    next: () => pages.next(),
    return: () => {
      stop.abort();
      return pages.return(undefined);
    },
  };
}

/** `<size>.<page>`: pages of another size would begin elsewhere. */
function parseCursor(cursor: string, max: number): { readonly size: number; readonly page: number } {
  const match = /^(\d{1,6})\.(\d{1,9})$/.exec(cursor);
  const [size, page] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || size < 1 || size > max || page < 1) throw foreignCursor();
  return { size, page };
}

async function* walk<T>(
  config: NumberedListConfig<T>,
  request: PageOptions,
  limit: number,
  stop: AbortController,
): AsyncGenerator<Page<T>, undefined, undefined> {
  const { fetchPage, key, pageSize, options = {} } = config;
  const wanted = { size: Math.max(1, Math.min(request.size ?? limit, pageSize.max)), page: 1 };
  const { size, page: first } = request.cursor === undefined ? wanted : parseCursor(request.cursor, pageSize.max);
  const ignore = onAbort(options.signal, () => stop.abort());
  if (options.signal?.aborted) stop.abort();
  const ask = (page: number) => {
    const asked = fetchPage({ page, size, options: { ...options, signal: stop.signal } });
    // A page read ahead may fail while nobody waits for it; its error comes when its turn does.
    asked.catch(() => {});
    return asked;
  };
  const keys = new RecentKeys();
  const fresh = (page: NumberedPage<T>) => page.items.filter((item) => keys.add(key(item)));
  const pagesWorthwhile = readAhead(config.parallel);
  const queue = [ask(first)];
  let asked = first;
  let seen = 0;
  try {
    for (let page = first; ; page++) {
      let current = await (queue.shift() ?? ask(++asked));
      const last = current.lastPage ?? (current.more ? page + 1 : page);
      // Without a told last page only the next one is known to exist.
      const ahead = current.lastPage === null ? 1 : pagesWorthwhile();
      while (asked < last && queue.length < ahead && (asked - first + 1) * size < limit) queue.push(ask(++asked));
      let items = fresh(current);
      if (isRepeat(current, items) && current.lastPage !== null && page < last) {
        // More pages are known to follow, so this one was served in place of another: asked once more.
        current = await ask(page);
        items = fresh(current);
        if (isRepeat(current, items)) throw repeated(config.provider, page);
      }
      seen += items.length;
      const ended = page >= last || isRepeat(current, items);
      yield { items, next: ended ? null : `${size}.${page + 1}`, total: current.total };
      if (!ended) continue;
      if (first === 1 && seen < (current.total ?? 0)) throw incomplete(config.provider, seen, current.total);
      return;
    }
  } finally {
    ignore();
    stop.abort();
  }
}

/**
 * How many pages are worth having under way: as many as keep this process just busy. They hide the vendor's latency; where it has no time to wait for anyone
 * they only pile up in memory, and collecting them costs more than all checking and mapping.
 */
function readAhead(most: number): () => number {
  let before = performance.eventLoopUtilization();
  let worthwhile = 0;
  return () => {
    const { active, idle, utilization } = performance.eventLoopUtilization(performance.eventLoopUtilization(), before);
    // The first page tells already how much of its time was waiting.
    if (worthwhile > 0 && active + idle < LOOKED_BACK_MS) return worthwhile;
    before = performance.eventLoopUtilization();
    const busy = utilization > BUSY;
    // So many made for this utilization; so many more make for a full one.
    const wanted = busy ? Math.floor(worthwhile * SLOWER) : Math.ceil(Math.max(worthwhile, 1) / utilization);
    worthwhile = Math.min(most, Math.max(LEAST_AHEAD, wanted));
    return worthwhile;
  };
}

/** Several round trips: within one, pages come in bursts. */
const LOOKED_BACK_MS = 100;
const BUSY = 0.95;
const SLOWER = 0.75;
const LEAST_AHEAD = 2;

function isRepeat<T>(page: NumberedPage<T>, fresh: readonly T[]): boolean {
  return page.items.length > 0 && fresh.length === 0;
}

function repeated(provider: ProviderId, page: number): ConnectivityError<'contract'> {
  const message = `the vendor served page ${page} with the items of an earlier one, twice; the list cannot be read completely now`;
  return new ConnectivityError('contract', message, { provider });
}

function incomplete(provider: ProviderId, seen: number, total: number | null): ConnectivityError<'contract'> {
  const message = `the vendor told ${total} items and gave ${seen}: some moved between pages while the list was read; read it again`;
  return new ConnectivityError('contract', message, { provider });
}
