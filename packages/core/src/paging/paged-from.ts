import { inputError } from '../errors/make-error.js';
import type { CallOptions, Page, PagedList, PageOptions } from './paged-list.js';
import { pulled } from './pull.js';

/** One walk over the pages; it may stop once it has `wanted` items. */
export type WalkPages<T> = (request: PageOptions, wanted: number) => AsyncIterable<Page<T>>;

/**
 * A paged list over any way of walking pages: for collections that are not one vendor's (`paged` serves those), such as several merged ones.
 * Items are handed out from the page in hand, so that a hundred thousand of them cost as little as the pages do.
 */
export function pagedFrom<T>(walk: WalkPages<T>, options: CallOptions = {}): PagedList<T> {
  return {
    pages: (request = {}) => walk(request, Infinity),
    [Symbol.asyncIterator]: () => itemsOf(walk({}, Infinity), options.signal),
    async toArray({ limit }) {
      if (!(limit >= 0)) throw inputError('limit', 'expected how many items at most; Infinity for all of them');
      const items: T[] = [];
      if (limit === 0) return items;
      for await (const page of walk({}, limit)) {
        for (const item of page.items) {
          items.push(item);
          if (items.length >= limit) return items;
        }
      }
      return items;
    },
  };
}

function itemsOf<T>(pages: AsyncIterable<Page<T>>, caller: AbortSignal | undefined): AsyncGenerator<T, undefined> {
  const iterator = pages[Symbol.asyncIterator]();
  let inHand: readonly T[] = [];
  let position = 0;
  return pulled<T>({
    // After an abort the items in hand are of no more use; the pages then say why.
    take: () => (position < inHand.length && !caller?.aborted ? { done: false, value: inHand[position++] as T } : null),
    async more() {
      const page = await iterator.next();
      inHand = page.done ? [] : page.value.items;
      position = 0;
      return !page.done;
    },
    stop() {
      inHand = [];
      iterator.return?.().catch(() => {});
    },
  });
}
