import { getEventListeners } from 'node:events';
import { ConnectivityError, type Page, type PageOptions, paged, pagedFrom } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect } from 'vitest';

type Ask = PageOptions & { readonly signal: AbortSignal };

const rejections: unknown[] = [];
const note = (reason: unknown): void => void rejections.push(reason);
beforeEach(() => {
  rejections.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await turn();
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});

/** Lets everything run that is ready to run; unhandled rejections are reported in between. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A vendor with `count` numbered items. */
const vendor = (count: number, size = 3) => {
  const asks: Ask[] = [];
  const fetchPage = async (ask: Ask): Promise<Page<number>> => {
    asks.push(ask);
    const from = Number(ask.cursor ?? 0);
    const to = Math.min(from + (ask.size ?? size), count);
    const items = Array.from({ length: to - from }, (_, index) => from + index);
    return { items, next: to < count ? String(to) : null, total: count };
  };
  return { asks, fetchPage, list: paged(fetchPage) };
};
/** A page that never comes, whatever happens to the signal. */
const silence = (): Promise<never> => new Promise(() => {});

const collect = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
};
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('paged', () => {
  test.prop([fc.nat(40), fc.integer({ min: 1, max: 7 }), fc.nat(45)])(
    'hands out every item once, in order',
    async (count, size, limit) => {
      const { list, fetchPage } = vendor(count, size);
      expect(await collect(list)).toEqual(numbers(count));
      expect(await list.toArray({ limit })).toEqual(numbers(count).slice(0, limit));
      expect(await list.toArray({ limit: Infinity })).toEqual(numbers(count));
      const pages = await collect(list.pages({ size }));
      expect(pages.flatMap((page) => page.items)).toEqual(numbers(count));
      const middle = pages[Math.floor(pages.length / 2)]!;
      if (middle.next !== null) {
        const rest = await collect(paged(fetchPage).pages({ cursor: middle.next, size }));
        expect(rest.flatMap((page) => page.items)).toEqual(numbers(count).slice(Number(middle.next)));
      }
    },
  );
  test('asks nothing before the first item is asked for, and anew for each walk', async () => {
    const { asks, list } = vendor(3);
    const iterator = list[Symbol.asyncIterator]();
    const pages = list.pages({ size: 2 });
    await turn();
    expect(asks).toHaveLength(0);
    await iterator.next();
    expect(asks).toHaveLength(1);
    await collect(pages);
    await collect(pages);
    expect(asks.map((ask) => [ask.cursor, ask.size])).toEqual([
      [undefined, undefined],
      [undefined, 2],
      ['2', 2],
      [undefined, 2],
      ['2', 2],
    ]);
  });
  test('reads one page ahead, not two', async () => {
    const { asks, list } = vendor(100);
    for await (const item of list) {
      await turn();
      expect(asks.length).toBe(Math.floor(item / 3) + 2);
      if (item === 20) break;
    }
  });
  test('toArray asks for no page that its limit does not need', async () => {
    for (const [limit, calls] of [
      [0, 0],
      [1, 1],
      [3, 1],
      [4, 2],
      [6, 2],
      [7, 3],
    ] as const) {
      const { asks, list } = vendor(100);
      expect(await list.toArray({ limit })).toHaveLength(limit);
      expect(asks).toHaveLength(calls);
    }
    for (const limit of [-1, Number.NaN]) await expect(vendor(1).list.toArray({ limit })).rejects.toThrow(/^limit: /);
  });
  test("never changes the caller's query", async () => {
    const query = Object.freeze({ size: 2 });
    expect(await collect(vendor(5).list.pages(query))).toHaveLength(3);
  });
  test('empty pages are no end', async () => {
    const list = paged(async ({ cursor }): Promise<Page<number>> => {
      const at = Number(cursor ?? 0);
      return { items: at % 2 ? [at] : [], next: at < 5 ? String(at + 1) : null, total: null };
    });
    expect(await collect(list)).toEqual([1, 3, 5]);
  });
  test('a repeated cursor ends the list, also the one it began with', async () => {
    const loop: Record<string, string> = { a: 'b', b: 'c', c: 'a' };
    const asked: string[] = [];
    const list = paged(async ({ cursor = 'a' }): Promise<Page<string>> => {
      asked.push(cursor);
      return { items: [cursor], next: loop[cursor]!, total: null };
    });
    const pages = await collect(list.pages({ cursor: 'a' }));
    expect(asked).toEqual(['a', 'b', 'c']);
    expect(pages.map((page) => page.next)).toEqual(['b', 'c', null]);
    const stuck = paged(async (): Promise<Page<number>> => ({ items: [1], next: 'x', total: null }));
    expect(await collect(stuck.pages({ cursor: 'x' }))).toHaveLength(1);
    expect(await collect(stuck.pages())).toHaveLength(2);
  });
  test('several next() at once are answered in order', async () => {
    const iterator = vendor(7).list[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 9 }, () => iterator.next()));
    expect(results.map((result) => (result.done ? 'end' : result.value))).toEqual([...numbers(7), 'end', 'end']);
  });

  describe('a failing page', () => {
    const failing = (at: number) =>
      paged(async ({ cursor }): Promise<Page<number>> => {
        const page = Number(cursor ?? 0);
        if (page === at) throw new ConnectivityError('unavailable', 'down');
        return { items: [page * 2, page * 2 + 1], next: String(page + 1), total: null };
      });
    test('is told after the pages before it, once', async () => {
      const iterator = failing(2)[Symbol.asyncIterator]();
      for (const expected of [0, 1, 2, 3]) {
        await turn(); // a slow consumer: the page read ahead has failed long ago
        expect(await iterator.next()).toEqual({ done: false, value: expected });
      }
      await expect(iterator.next()).rejects.toThrow('down');
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
    });
    test('that was read ahead does no harm to who leaves before it', async () => {
      for await (const item of failing(1)) {
        await turn();
        if (item === 0) break;
      }
      expect(await failing(1).toArray({ limit: 2 })).toEqual([0, 1]);
      await expect(failing(1).toArray({ limit: 3 })).rejects.toThrow('down');
    });
    test('may also fail before it returns a promise', async () => {
      const list = paged((): Promise<Page<number>> => {
        throw new ConnectivityError('input', 'bad size');
      });
      await expect(collect(list)).rejects.toThrow('bad size');
    });
  });

  describe('leaving', () => {
    test('stops the page under way, and returns at once behind a vendor that is silent', async () => {
      const signals: AbortSignal[] = [];
      const list = paged(({ cursor, signal }): Promise<Page<number>> => {
        signals.push(signal);
        return cursor === undefined ? Promise.resolve({ items: [1, 2], next: 'a', total: null }) : silence();
      });
      for await (const item of list) if (item === 1) break;
      expect(signals.map((signal) => signal.aborted)).toEqual([false, true]);
      for await (const page of list.pages()) if (page.items.length > 0) break;
      expect(signals.map((signal) => signal.aborted)).toEqual([false, true, false, true]);
    });
    test('lets a next() that waits end too', async () => {
      const iterator = paged<number>(silence)[Symbol.asyncIterator]();
      const waiting = iterator.next();
      await iterator.return?.();
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
    });
    test('by throwing in the loop passes the error on', async () => {
      const { list } = vendor(10);
      const walk = async (): Promise<void> => {
        for await (const item of list) if (item === 4) throw new RangeError('mine');
      };
      await expect(walk()).rejects.toThrow(RangeError);
    });
    test('before the first next() asks nothing', async () => {
      const { asks, list } = vendor(10);
      const iterator = list[Symbol.asyncIterator]();
      await iterator.return?.();
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      expect(asks).toHaveLength(0);
    });
  });

  describe("the caller's signal", () => {
    test('ends a walk behind a silent vendor as cancelled', async () => {
      const controller = new AbortController();
      const signals: AbortSignal[] = [];
      const list = paged<number>(
        ({ signal }) => {
          signals.push(signal);
          return silence();
        },
        { signal: controller.signal },
      );
      const walk = collect(list);
      await turn();
      controller.abort();
      await expect(walk).rejects.toSatisfy((error) => ConnectivityError.is(error, 'cancelled'));
      expect(signals[0]!.aborted).toBe(true);
    });
    test('ends it in the middle of a page, and before the first', async () => {
      const controller = new AbortController();
      const { asks, fetchPage } = vendor(100);
      const list = paged(fetchPage, { signal: controller.signal });
      const seen: number[] = [];
      const walk = async (): Promise<void> => {
        for await (const item of list) if (seen.push(item) === 2) controller.abort();
      };
      await expect(walk()).rejects.toSatisfy((error) => ConnectivityError.is(error, 'cancelled'));
      expect(seen).toEqual([0, 1]);
      const before = asks.length;
      await expect(collect(list)).rejects.toSatisfy((error) => ConnectivityError.is(error, 'cancelled'));
      await expect(list.toArray({ limit: 1 })).rejects.toSatisfy((error) => ConnectivityError.is(error, 'cancelled'));
      expect(asks).toHaveLength(before);
    });
    test('serves fifty walks with one listener: Node warns of more than ten', async () => {
      const controller = new AbortController();
      const list = paged<number>(silence, { signal: controller.signal });
      const walks = Array.from({ length: 50 }, () => list.toArray({ limit: 1 }));
      await turn();
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
      controller.abort();
      const results = await Promise.allSettled(walks);
      expect(results.every((result) => result.status === 'rejected')).toBe(true);
    });
    test('keeps no listeners: not of finished, left, failed or forgotten walks', async () => {
      const { signal } = new AbortController();
      const listeners = (): number => getEventListeners(signal, 'abort').length;
      const list = paged(vendor(30).fetchPage, { signal });
      for (let round = 0; round < 20; round += 1) {
        await collect(list);
        for await (const item of list) if (item > 4) break;
        await list.toArray({ limit: 5 });
        await list[Symbol.asyncIterator]().next();
      }
      await turn();
      expect(listeners()).toBe(0);
      const failing = paged<number>(() => Promise.reject(new ConnectivityError('timeout', 'late')), { signal });
      await expect(collect(failing)).rejects.toThrow('late');
      const hanging = paged<number>(silence, { signal })[Symbol.asyncIterator]();
      const waiting = hanging.next();
      expect(listeners()).toBe(1);
      await hanging.return?.();
      await waiting;
      expect(listeners()).toBe(0);
    });
  });
});

test('pagedFrom builds a list over any walk', async () => {
  const wanted: number[] = [];
  const list = pagedFrom<number>(async function* ({ cursor }, limit) {
    wanted.push(limit);
    for (let at = Number(cursor ?? 0); at < 4; at += 1)
      yield { items: [at], next: at < 3 ? String(at + 1) : null, total: 4 };
  });
  expect(await collect(list)).toEqual([0, 1, 2, 3]);
  expect(await list.toArray({ limit: 2 })).toEqual([0, 1]);
  expect(await collect(list.pages({ cursor: '3' }))).toEqual([{ items: [3], next: null, total: 4 }]);
  expect(wanted).toEqual([Infinity, 2, Infinity]);
});
