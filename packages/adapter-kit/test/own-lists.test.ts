import { ConnectivityError, type PagedList } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { emptyList, flatList, foreignCursor, keyedList, readPosition } from '../src/index.js';

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
};

describe('a list of what is found under given keys', () => {
  /** Every key but `c` is found. */
  const list = (asked: string[][] = []): PagedList<string> =>
    keyedList(['a', 'b', 'c', 'd', 'e'], 2, (keys) => {
      asked.push([...keys]);
      return Promise.resolve(keys.filter((key) => key !== 'c').map((key) => key.toUpperCase()));
    });

  it('asks for so many at a time, in their order, and lacks what is not found', async () => {
    const asked: string[][] = [];
    expect(await collect(list(asked))).toEqual(['A', 'B', 'D', 'E']);
    expect(asked).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('goes on from the cursor of any page, and takes no more than the most for a page', async () => {
    const pages = await collect(list().pages({ size: 50 }));
    expect(pages.map(({ items }) => items)).toEqual([['A', 'B'], ['D'], ['E']]);
    expect(pages.at(-1)?.next).toBeNull();
    const rest = await collect(list().pages({ cursor: pages[0]?.next ?? '' }));
    expect(rest.flatMap(({ items }) => items)).toEqual(['D', 'E']);
  });

  it.each(['x', '', '-1', '1.5'])('refuses the foreign cursor %j, naming it and what to pass', async (cursor) => {
    const error: unknown = await collect(list().pages({ cursor })).catch((thrown: unknown) => thrown);
    expect(ConnectivityError.is(error, 'input') && error.details.issues[0]?.path).toBe('cursor');
    expect(() => readPosition(cursor)).toThrow(foreignCursor().message);
  });
});

it('an empty list has one page, and tells that it is all', async () => {
  expect(await collect(emptyList().pages())).toEqual([{ items: [], next: null, total: 0 }]);
  expect(await collect(emptyList())).toEqual([]);
});

it('a flat list makes any number of one item, and keeps the cursors of the list below', async () => {
  const below = keyedList([0, 1, 2], 2, (keys) => Promise.resolve(keys));
  const list = flatList(below, (count) => Array.from({ length: count }, () => count));
  expect(await collect(list)).toEqual([1, 2, 2]);
  const [first] = await collect(list.pages({ size: 2 }));
  expect(first).toMatchObject({ items: [1], next: '2', total: null });
});
