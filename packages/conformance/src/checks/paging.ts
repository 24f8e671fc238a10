import type { Ability, CallOptions, PagedList } from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, notProven, wanted } from '../check.js';
import { listOf, type Shape } from '../shapes/shape.js';
import type { Subject } from '../subject.js';
import { collect, collectPages } from '../support/collect.js';
import { expectShape } from '../support/expect-shape.js';
import { expectRejection } from '../support/rejection.js';

/** Something that a port lists. All lists keep the same promises, so the same checks examine them all. */
export interface Collection<T> {
  readonly ability: Ability;
  /** Plural, for the names of the checks. */
  readonly what: string;
  readonly open: (subject: Subject, options?: CallOptions) => PagedList<T>;
  readonly key: (item: T) => string;
  readonly shape: (subject: Subject) => Shape;
  /** Makes so many things to list. */
  readonly prepare?: (subject: Subject, count: number) => Promise<unknown>;
  /** False where the vendor answers with all at once or a page is cut by time: `size` is then a wish. */
  readonly sized: boolean;
}

type Run = <T>(collection: Collection<T>, subject: Subject) => Promise<void>;

export function pagingChecks<T>(collection: Collection<T>): readonly Check[] {
  const { ability, what } = collection;
  const check = (promise: string, run: Run, many: (subject: Subject) => number = () => 3): Check => ({
    name: `${ability}: ${what} ${promise}`,
    ability,
    run: async (subject) => {
      await collection.prepare?.(subject, many(subject));
      await run(collection, subject);
    },
  });
  const moreThanIsReadAhead = (subject: Subject): number => readAhead(subject) + 1;
  return [
    check('come once each and in full shape', comeOnce),
    check('continue from a cursor with the same remainder', resume),
    check('are cut at the limit of toArray', limit),
    check('are not asked for before iteration', lazy),
    check('are not read on after a break', breakOff, moreThanIsReadAhead),
    check('are not asked for when the signal is aborted: cancelled', abortedBefore),
    check('end with cancelled when the signal aborts on the way', abortedOnTheWay, moreThanIsReadAhead),
  ];
}

async function comeOnce<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const items = await collect(collection.open(subject));
  if (items.length === 0) notProven(`the account has no ${collection.what}`);
  expectShape(items, listOf(collection.shape(subject)), collection.what);
  const keys = items.map(collection.key);
  expect(
    keys.filter((key, index) => keys.indexOf(key) !== index),
    `${collection.what} that came more than once`,
  ).toEqual([]);
}

async function resume<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const keysOf = (items: readonly T[]): readonly string[] => items.map(collection.key);
  const whole = keysOf(await collect(collection.open(subject)));
  const size = 2;
  const pages = await collectPages(collection.open(subject), { size });
  expect(
    pages.flatMap((page) => keysOf(page.items)),
    'all pages together are the list',
  ).toEqual(whole);
  expect(pages.at(-1)?.next, 'the last page has no cursor').toBeNull();
  for (const page of pages) {
    if (collection.sized) expect(page.items.length, 'items of a page').toBeLessThanOrEqual(size);
    expect([null, whole.length], 'a total, where told, is the true one').toContain(page.total);
  }
  let read = 0;
  const resumable = pages.filter((page) => page.next !== null).slice(0, 3);
  for (const page of resumable) {
    read += page.items.length;
    const rest = await collectPages(collection.open(subject), { size, cursor: page.next as string });
    expect(
      rest.flatMap((next) => keysOf(next.items)),
      `the remainder after ${read}`,
    ).toEqual(whole.slice(read));
  }
  if (resumable.length === 0) notProven(`all ${collection.what} came on one page`);
}

async function limit<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const whole = (await collect(collection.open(subject))).map(collection.key);
  for (const most of [0, 1, whole.length, whole.length + 1]) {
    const some = await collection.open(subject).toArray({ limit: most });
    expect(some.map(collection.key), `toArray({ limit: ${most} })`).toEqual(whole.slice(0, most));
  }
}

async function lazy<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const calls = wanted(subject.fleet.vendor?.calls, 'vendor.calls');
  const before = await calls();
  const list = collection.open(subject);
  list.pages({ size: 1 });
  await calls(); // gives a call made too early the time to arrive
  expect(await calls(), 'calls made before iteration').toBe(before);
  await collect(list);
}

async function breakOff<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const calls = wanted(subject.fleet.vendor?.calls, 'vendor.calls');
  const start = await calls();
  await collectPages(collection.open(subject), { size: 1 });
  const whole = (await calls()) - start;
  for await (const _page of collection.open(subject).pages({ size: 1 })) break;
  await calls(); // gives what was still asked the time to arrive
  const broken = (await calls()) - start - whole;
  const ahead = readAhead(subject);
  if (whole <= ahead) notProven(`reading all ${collection.what} takes ${whole} calls, no more than may be read ahead`);
  expect(broken, `calls for one page and what is read ahead, of ${whole} for the whole list`).toBeLessThanOrEqual(
    ahead,
  );
}

async function abortedBefore<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const list = collection.open(subject, { signal: AbortSignal.abort() });
  await expectRejection(subject.provider, 'cancelled', () => collect(list));
}

async function abortedOnTheWay<T>(collection: Collection<T>, subject: Subject): Promise<void> {
  const pages = await collectPages(collection.open(subject), { size: 1 });
  const ahead = readAhead(subject);
  if (pages.length <= ahead) return notProven(`there are ${pages.length} pages, no more than may be read ahead`);
  const controller = new AbortController();
  await expectRejection(subject.provider, 'cancelled', async () => {
    const list = collection.open(subject, { signal: controller.signal });
    for await (const _page of list.pages({ size: 1 })) controller.abort();
  });
}

/** Pages that a provider may have asked for when its caller has seen one. */
const readAhead = ({ provider }: Subject): number => 2 * provider.capabilities.parallelCalls + 2;
