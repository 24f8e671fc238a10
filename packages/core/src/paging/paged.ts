import { cancelledError } from '../errors/make-error.js';
import { type Asked, asked } from './asked.js';
import { pagedFrom } from './paged-from.js';
import type { CallOptions, Page, PagedList, PageOptions } from './paged-list.js';
import { pulled } from './pull.js';

/** Gets one page. The signal fires when the caller stops the list or leaves the loop. */
export type FetchPage<T> = (request: PageOptions & { readonly signal: AbortSignal }) => Promise<Page<T>>;

/**
 * A paged list out of the one thing an adapter knows: how to get one page. Reads one page ahead, so that fetching and working overlap.
 *
 * Nothing is asked before the first item is; every walk starts anew. Leaving the loop, or the caller's signal, stops the request under way at once, also behind
 * a vendor that does not answer; the signal makes the walk fail as `cancelled`. A failing page is told after the pages before it. A cursor that comes a second time ends the list.
 */
export function paged<T>(fetchPage: FetchPage<T>, options: CallOptions = {}): PagedList<T> {
  return pagedFrom(
    (first, wanted) => ({ [Symbol.asyncIterator]: () => walk(fetchPage, first, wanted, options.signal) }),
    options,
  );
}

function walk<T>(
  fetchPage: FetchPage<T>,
  first: PageOptions,
  wanted: number,
  caller: AbortSignal | undefined,
): AsyncGenerator<Page<T>, undefined> {
  const seen = new Set<string>(first.cursor === undefined ? [] : [first.cursor]);
  const ask = (cursor: string | undefined): Asked<Page<T>> =>
    asked((signal) => fetchPage({ ...first, ...(cursor !== undefined && { cursor }), signal }), caller);
  let started = false;
  let ahead: Asked<Page<T>> | null = null;
  let inHand: Page<T> | null = null;
  let missing = wanted;

  return pulled<Page<T>>({
    take() {
      if (inHand === null || caller?.aborted) return null;
      const value = inHand;
      inHand = null;
      return { done: false, value };
    },
    async more() {
      if (!started) ahead = ask(first.cursor);
      started = true;
      if (caller?.aborted) throw cancelledError();
      if (ahead === null) return false;
      const page = await ahead.answer;
      const next = page.next !== null && !seen.has(page.next) ? page.next : null;
      if (next !== null) seen.add(next);
      missing -= page.items.length;
      ahead = next !== null && missing > 0 ? ask(next) : null;
      inHand = next === page.next ? page : { ...page, next };
      return true;
    },
    stop() {
      ahead?.stop();
      inHand = null;
    },
  });
}
