import type { CallOptions, Page, PagedList, PageOptions } from './paged-list.js';

/** The one primitive: get one page. Reads one page ahead; safe when the consumer is slow or stops (see D22). */
export function paged<T>(
  fetchPage: (request: PageOptions & { readonly signal: AbortSignal }) => Promise<Page<T>>,
  options: CallOptions = {},
): PagedList<T> {
  async function* pages(request: PageOptions = {}): AsyncGenerator<Page<T>, void, undefined> {
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    // D22 The page read ahead may fail while nobody awaits it: without this catch Node ends the process with an unhandled rejection
    //     (measured: both when the consumer is slow and when it breaks). The error still reaches the consumer at `await ahead`.
    const ask = (cursor: string | undefined): Promise<Page<T>> => {
      const page = fetchPage({ ...request, ...(cursor !== undefined && { cursor }), signal });
      page.catch(() => {});
      return page;
    };
    const seen = new Set<string>();
    try {
      for (let ahead = ask(request.cursor); ; ) {
        const page = await ahead;
        const more = page.next !== null && !seen.has(page.next);
        if (more) {
          seen.add(page.next!);
          ahead = ask(page.next!);
        }
        yield page;
        if (!more) return;
      }
    } finally {
      stop.abort();
    }
  }
  async function* items(): AsyncGenerator<T, void, undefined> {
    for await (const page of pages()) yield* page.items;
  }
  return {
    pages,
    [Symbol.asyncIterator]: items,
    async toArray({ limit }) {
      const all: T[] = [];
      if (limit > 0) for await (const item of items()) if (all.push(item) >= limit) break;
      return all;
    },
  };
}
