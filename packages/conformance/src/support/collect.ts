import type { Page, PagedList, PageOptions } from '@carrierkit/core';

/** A test account larger than this is no test account; it also ends a list that never ends. */
const MOST = 100_000;

export async function collect<T>(list: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of list) {
    all.push(item);
    if (all.length > MOST) throw new Error(`The list did not end after ${MOST} items.`);
  }
  return all;
}

export async function collectPages<T>(list: PagedList<T>, options: PageOptions = {}): Promise<readonly Page<T>[]> {
  return collect(list.pages(options));
}
