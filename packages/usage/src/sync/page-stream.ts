import type { PagedList } from '@carrierkit/core';

/**
 * A list on its way into a store: tells each page, and remembers what the vendor's side threw,
 * so that a fault of the store is not taken for one of the vendor.
 */
export class PageStream<T> implements AsyncIterable<T> {
  readonly #list: PagedList<T>;
  readonly #onPage: () => void;
  pages = 0;
  #thrown: { readonly error: unknown } | null = null;

  constructor(list: PagedList<T>, onPage: () => void) {
    this.#list = list;
    this.#onPage = onPage;
  }

  hasThrown(error: unknown): boolean {
    return this.#thrown?.error === error;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      for await (const page of this.#list.pages()) {
        this.pages += 1;
        this.#onPage();
        yield* page.items;
      }
    } catch (error) {
      this.#thrown = { error };
      throw error;
    }
  }
}
