import { type Page, type PagedList, pagedFrom } from '@carrierkit/core';

/** A vendor's list of which each item makes any number of ours. Cursors stay valid; no total is told. */
export function flatList<T, U>(list: PagedList<T>, pick: (item: T) => readonly U[]): PagedList<U> {
  return pagedFrom((request) => ({
    [Symbol.asyncIterator]() {
      const pages = list.pages(request)[Symbol.asyncIterator]();
      return {
        async next(): Promise<IteratorResult<Page<U>, undefined>> {
          const step = await pages.next();
          if (step.done) return { done: true, value: undefined };
          const { items, next } = step.value;
          return { done: false, value: { items: items.flatMap(pick), next, total: null } };
        },
        async return(): Promise<IteratorResult<Page<U>, undefined>> {
          await pages.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  }));
}
