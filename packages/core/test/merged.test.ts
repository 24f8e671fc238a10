import { getEventListeners } from 'node:events';
import {
  type AnyConnectivityError,
  type CallOptions,
  ConnectivityError,
  merged,
  type Page,
  paged,
  type Sources,
} from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect } from 'vitest';

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

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const collect = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
};
const caught = (work: Promise<unknown>): Promise<AnyConnectivityError> =>
  work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: AnyConnectivityError) => error,
  );
async function* items<T>(...all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}
async function* failing<T>(error: unknown, ...before: readonly T[]): AsyncGenerator<T> {
  yield* before;
  throw error;
}
/** A source that never answers and does not listen to its signal. */
const hanging = <T>(): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => new Promise(() => {}) }),
});
/** A source that is silent until its signal fires, as a request to a slow vendor is. */
const silent =
  <T>(seen: AbortSignal[] = []) =>
  (options: CallOptions): AsyncIterable<T> => {
    seen.push(options.signal!);
    return paged<T>(() => new Promise<Page<T>>(() => {}), options);
  };
const down = (provider: string | null = null) => new ConnectivityError('unavailable', 'no answer', { provider });

describe('merged', () => {
  test.prop([fc.array(fc.array(fc.nat(), { maxLength: 8 }), { maxLength: 5 })])(
    'keeps every item, and each source in its order',
    async (lists) => {
      const sources: Sources<readonly [string, number]> = Object.fromEntries(
        lists.map((list, index) => [`p${index}`, () => items(...list.map((item) => [`p${index}`, item] as const))]),
      );
      const all = await collect(merged(sources));
      expect(all).toHaveLength(lists.flat().length);
      lists.forEach((list, index) => {
        expect(all.filter(([id]) => id === `p${index}`).map(([, item]) => item)).toEqual(list);
      });
    },
  );
  test('is fair: a source that is always ready does not starve the others', async () => {
    const endless = (name: string) =>
      async function* () {
        for (;;) yield name;
      };
    const seen: string[] = [];
    for await (const item of merged({ a: endless('a'), b: endless('b'), c: endless('c') }))
      if (seen.push(item) === 30) break;
    for (const name of ['a', 'b', 'c']) expect(seen.filter((item) => item === name)).toHaveLength(10);
  });
  test('does not wait for a slow source', async () => {
    const seen: number[] = [];
    for await (const item of merged<number>({ slow: () => hanging<number>(), quick: () => items(1, 2, 3) }))
      if (seen.push(item) === 3) break;
    expect(seen).toEqual([1, 2, 3]);
  });
  test('opens nothing before the first item is asked for, and reads one item of each ahead', async () => {
    const steps: string[] = [];
    const counting = (name: string) =>
      async function* () {
        for (let at = 0; ; at += 1) {
          steps.push(`${name}${at}`);
          yield at;
        }
      };
    const walk = merged({ a: counting('a'), b: counting('b') });
    await turn();
    expect(steps).toEqual([]);
    await walk.next();
    await turn();
    expect(steps.toSorted()).toEqual(['a0', 'a1', 'b0']);
    await walk.return();
  });
  test('of nothing is empty', async () => {
    expect(await collect(merged({}))).toEqual([]);
  });
  test('several next() at once are answered', async () => {
    const walk = merged({ a: () => items(1, 2), b: () => items(3) });
    const results = await Promise.all([walk.next(), walk.next(), walk.next(), walk.next(), walk.next()]);
    expect(results.map((result) => result.done)).toEqual([false, false, false, true, true]);
  });

  describe('a failing provider', () => {
    test('stops alone; the walk ends as partial with who failed', async () => {
      const seen: number[] = [];
      const error = await caught(
        (async () => {
          for await (const item of merged<number>({
            emea: () => failing(down(), 1),
            iot: () => items(2, 3),
            staff: () => failing(down('staff')),
          }))
            seen.push(item);
        })(),
      );
      expect(new Set(seen)).toEqual(new Set([1, 2, 3]));
      expect(
        error.kind === 'partial' && error.details.failures.map((failure) => [failure.provider, failure.kind]),
      ).toEqual([
        ['staff', 'unavailable'],
        ['emea', 'unavailable'],
      ]);
      expect(error.message).toBe('staff, emea could not be read to the end');
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({ kind: 'partial' });
    });
    test('goes to onProviderError as it happens, and the walk ends normally', async () => {
      const failures: AnyConnectivityError[] = [];
      const seen = await collect(
        merged<number>(
          { emea: () => failing(down()), iot: () => items(2) },
          { onProviderError: (error) => failures.push(error) },
        ),
      );
      expect(seen).toEqual([2]);
      expect(failures.map((error) => [error.provider, error.kind, error.message])).toEqual([
        ['emea', 'unavailable', 'no answer'],
      ]);
      expect(failures.every((error) => ConnectivityError.is(error))).toBe(true);
    });
    test('may fail at opening, or without a promise', async () => {
      const error = await caught(
        collect(
          merged<number>({
            a: () => {
              throw down();
            },
            b: () => ({
              [Symbol.asyncIterator]: () => ({
                next() {
                  throw down();
                },
              }),
            }),
            c: () => items(1),
          }),
        ),
      );
      expect(error.kind === 'partial' && error.details.failures.map((failure) => failure.provider)).toEqual(['a', 'b']);
    });
    test('that is a merged list itself tells its failures one by one', async () => {
      const inner = (options: CallOptions) =>
        merged<number>({ x: () => failing(down()), y: () => failing(down()) }, options);
      const error = await caught(collect(merged<number>({ outer: inner, z: () => failing(down()) })));
      expect(error.kind === 'partial' && new Set(error.details.failures.map((failure) => failure.provider))).toEqual(
        new Set(['x', 'y', 'z']),
      );
    });
    test('does no harm to who leaves before it is told', async () => {
      for await (const item of merged<number>({ a: () => items(1, 2, 3), b: () => failing(down()) })) {
        await turn();
        if (item === 1) break;
      }
    });
    test('a mistake in code is no provider failure: it ends the walk at once and stops the rest', async () => {
      const signals: AbortSignal[] = [];
      await expect(
        collect(merged<number>({ a: () => failing(new TypeError('bug')), b: silent(signals) })),
      ).rejects.toThrow(TypeError);
      expect(signals[0]!.aborted).toBe(true);
    });
    test('an onProviderError that throws ends the walk too', async () => {
      const options = {
        onProviderError: () => {
          throw new RangeError('mine');
        },
      };
      await expect(collect(merged<number>({ a: () => failing(down()), b: silent() }, options))).rejects.toThrow(
        RangeError,
      );
    });
  });

  describe('leaving', () => {
    test('stops all sources at once, also those that ignore it', async () => {
      const signals: AbortSignal[] = [];
      for await (const item of merged<number>({ a: () => items(1, 2), b: silent(signals), c: () => hanging<number>() }))
        if (item === 1) break;
      expect(signals[0]!.aborted).toBe(true);
    });
    test('runs the clean-up of the sources', async () => {
      const cleaned: string[] = [];
      const tidy = (name: string) =>
        async function* () {
          try {
            for (;;) yield name;
          } finally {
            cleaned.push(name);
          }
        };
      for await (const item of merged({ a: tidy('a'), b: tidy('b') })) if (item === 'b') break;
      await turn();
      expect(cleaned.toSorted()).toEqual(['a', 'b']);
    });
    test('lets a next() that waits end too', async () => {
      const walk = merged<number>({ a: () => hanging<number>() });
      const waiting = walk.next();
      await walk.return();
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(await walk.next()).toEqual({ done: true, value: undefined });
    });
    test('works with throw() and with await using', async () => {
      const signals: AbortSignal[] = [];
      const thrown = merged<number>({ a: silent(signals) });
      const waiting = thrown.next();
      await expect(thrown.throw(new RangeError('mine'))).rejects.toThrow(RangeError);
      expect((await waiting).done).toBe(true);
      const disposed = merged<number>({ a: silent(signals) });
      const alsoWaiting = disposed.next();
      await disposed[Symbol.asyncDispose]();
      expect((await alsoWaiting).done).toBe(true);
      expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
    });
  });

  describe("the caller's signal", () => {
    test('ends the walk as cancelled behind hanging sources; that is no provider failure', async () => {
      const controller = new AbortController();
      const signals: AbortSignal[] = [];
      const failures: unknown[] = [];
      const walk = collect(
        merged<number>(
          { a: silent(signals), b: () => hanging<number>() },
          { signal: controller.signal, onProviderError: (error) => failures.push(error) },
        ),
      );
      await turn();
      controller.abort();
      expect((await caught(walk)).kind).toBe('cancelled');
      expect(signals[0]!.aborted).toBe(true);
      expect(failures).toEqual([]);
    });
    test('that has fired already opens nothing', async () => {
      const opened: string[] = [];
      const walk = merged<number>({ a: () => (opened.push('a'), items(1)) }, { signal: AbortSignal.abort() });
      expect((await caught(collect(walk))).kind).toBe('cancelled');
      expect(opened).toEqual([]);
    });
    test('keeps no listeners', async () => {
      const { signal } = new AbortController();
      for (let round = 0; round < 20; round += 1) {
        await collect(merged({ a: () => items(1), b: () => items(2) }, { signal }));
        for await (const _ of merged({ a: () => items(1, 2), b: () => items(2, 3) }, { signal })) break;
        await caught(collect(merged({ a: () => failing(down()) }, { signal })));
      }
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    });
    test('the deadline is passed on', async () => {
      const seen: CallOptions[] = [];
      await collect(merged<number>({ a: (options) => (seen.push(options), items(1)) }, { deadlineMs: 500 }));
      expect(seen[0]!.deadlineMs).toBe(500);
    });
  });
});
