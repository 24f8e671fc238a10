import { type Page, type PagedList, pagedFrom } from '@carrierkit/core';

/**
 * A vendor's list as ours: each item mapped, those that map to `null` (filtered out) left away. Cursors and totals of the vendor's pages stay valid
 * for going on; a page may come empty, and `total` is not told, since only the vendor's unfiltered count is known.
 */
export function selectedList<T, U>(list: PagedList<T>, pick: (item: T) => U | null): PagedList<U> {
  return mapped(list, (items) => {
    const selected: U[] = [];
    for (const item of items) {
      const picked = pick(item);
      if (picked !== null) selected.push(picked);
    }
    return selected;
  });
}

/** As `selectedList`, for items that each make any number of ours. */
export function flatList<T, U>(list: PagedList<T>, pick: (item: T) => readonly U[]): PagedList<U> {
  return mapped(list, (items) => items.flatMap((item) => pick(item)));
}

/** By hand, for `return()` of an async generator would wait for a page that hangs. */
function mapped<T, U>(list: PagedList<T>, itemsOf: (items: readonly T[]) => readonly U[]): PagedList<U> {
  return pagedFrom((request) => ({
    [Symbol.asyncIterator]() {
      const pages = list.pages(request)[Symbol.asyncIterator]();
      return {
        async next(): Promise<IteratorResult<Page<U>, undefined>> {
          const step = await pages.next();
          if (step.done) return { done: true, value: undefined };
          return { done: false, value: { items: itemsOf(step.value.items), next: step.value.next, total: null } };
        },
        async return(): Promise<IteratorResult<Page<U>, undefined>> {
          await pages.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  }));
}
