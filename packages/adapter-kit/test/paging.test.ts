import type { CallOptions } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { cursorList, keyedList, numberedList, selectedList } from '../src/index.js';

/** A vendor with `count` items in numbered pages that counts what is asked. */
function vendor(
  count: number,
  options: { tellsLast?: boolean; total?: number; delay?: (page: number) => number } = {},
) {
  const asked: number[] = [];
  let running = 0;
  let most = 0;
  const list = numberedList<{ id: number }>({
    provider: 'p',
    pageSize: { max: 25 },
    parallel: 4,
    key: (item) => String(item.id),
    fetchPage: async ({ page, size, options: { signal } }) => {
      asked.push(page);
      most = Math.max(most, ++running);
      for (let turn = options.delay?.(page) ?? 0; turn > 0; turn--) await Promise.resolve();
      running--;
      if (signal?.aborted) throw new Error('aborted');
      const items = Array.from({ length: count }, (_, id) => ({ id })).slice((page - 1) * size, page * size);
      const last = Math.max(1, Math.ceil(count / size));
      return {
        items,
        lastPage: options.tellsLast === false ? null : last,
        more: page < last,
        total: options.total ?? null,
      };
    },
  });
  return { list, asked, most: () => most };
}

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
};

describe('a numbered list', () => {
  test.prop([fc.nat(200), fc.boolean(), fc.func(fc.nat(20))], { numRuns: 60 })(
    'gives every item once and in order, however the answers overtake each other',
    async (count, tellsLast, delay) => {
      const { list, most } = vendor(count, { tellsLast, delay });
      expect((await collect(list)).map((item) => item.id)).toEqual(Array.from({ length: count }, (_, id) => id));
      expect(most()).toBeLessThanOrEqual(tellsLast ? 5 : 2);
    },
  );

  test.prop([fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 25 }), fc.nat(20)], { numRuns: 60 })(
    'resumes from any page cursor to the same remainder',
    async (count, size, skip) => {
      const { list } = vendor(count);
      const pages = await collect(list.pages({ size }));
      const at = pages[skip % pages.length];
      if (at?.next == null) return;
      const rest = await collect(list.pages({ cursor: at.next }));
      const done = pages.slice(0, (skip % pages.length) + 1).flatMap((page) => page.items);
      expect([...done, ...rest.flatMap((page) => page.items)].map((item) => item.id)).toEqual(
        Array.from({ length: count }, (_, id) => id),
      );
    },
  );

  it('asks nothing before it is iterated, and stops asking when broken off', async () => {
    const { list, asked } = vendor(1000);
    expect(asked).toEqual([]);
    for await (const _ of list) break;
    const before = asked.length;
    await new Promise(setImmediate);
    expect(asked.length).toBe(before);
    expect(before).toBeLessThanOrEqual(5);
  });

  it('reads several pages ahead where the last one is told, else only the next', async () => {
    const delay = () => 3;
    const [told, untold] = [vendor(500, { delay }), vendor(500, { delay, tellsLast: false })];
    await Promise.all([collect(told.list), collect(untold.list)]);
    expect(told.most()).toBeGreaterThanOrEqual(2);
    expect(untold.most()).toBe(1);
  });

  it.each([
    [50, [1, 2]],
    [51, [1, 2, 3]],
  ])('asks for no page that the first %i items do not need, however far it may read ahead', async (limit, pages) => {
    const { list, asked } = vendor(1000);
    expect(await list.toArray({ limit })).toHaveLength(limit);
    expect(asked).toEqual(pages);
  });

  it("hands the caller's options to every page, and its signal stops those under way", async () => {
    const caller = new AbortController();
    const seen: CallOptions[] = [];
    const list = numberedList<number>({
      provider: 'p',
      pageSize: { max: 2 },
      parallel: 2,
      key: String,
      fetchPage: ({ options }) => {
        seen.push(options);
        return new Promise(() => {});
      },
      options: { priority: 'bulk', signal: caller.signal },
    });
    const walk = list[Symbol.asyncIterator]();
    walk.next().catch(() => {});
    expect(seen).toMatchObject([{ priority: 'bulk', signal: { aborted: false } }]);
    caller.abort();
    expect(seen[0]?.signal?.aborted).toBe(true);
  });

  it('ends with an error when fewer items came than were told', async () => {
    await expect(collect(vendor(30, { total: 31 }).list)).rejects.toMatchObject({
      kind: 'contract',
      provider: 'p',
      message: 'the vendor told 31 items and gave 30: some moved between pages while the list was read; read it again',
    });
    await expect(collect(vendor(30, { total: 30 }).list)).resolves.toHaveLength(30);
  });

  it('ends when the vendor serves the last page again and again', async () => {
    const list = numberedList({
      provider: 'p',
      pageSize: { max: 2 },
      parallel: 2,
      key: String,
      fetchPage: ({ page }) =>
        Promise.resolve({ items: page === 1 ? [1, 2] : [3, 4], lastPage: null, more: true, total: null }),
    });
    expect(await collect(list)).toEqual([1, 2, 3, 4]);
  });

  const served = (pages: (readonly number[])[]) => {
    const asked: number[] = [];
    const list = numberedList({
      provider: 'p',
      pageSize: { max: 2 },
      parallel: 1,
      key: String,
      fetchPage: ({ page }) => {
        asked.push(page);
        return Promise.resolve({ items: pages[asked.length - 1] ?? [], lastPage: 3, more: page < 3, total: null });
      },
    });
    return { list, asked };
  };

  it('asks a page again that came in place of another', async () => {
    const { list } = served([[1, 2], [1, 2], [5], [3, 4]]);
    expect(await collect(list)).toEqual([1, 2, 3, 4, 5]);
  });

  it('never lacks a page silently', async () => {
    const { list } = served([[1, 2], [1, 2], [5], [1, 2]]);
    await expect(collect(list)).rejects.toMatchObject({
      kind: 'contract',
      provider: 'p',
      message: expect.stringMatching(/^the vendor served page 2 with the items of an earlier one, twice/),
    });
  });

  it.each(['x', '0.1', '26.1', '10.0', '10', 'a10.1', '10.1b'])('refuses the foreign cursor %s', async (cursor) => {
    await expect(collect(vendor(5).list.pages({ cursor }))).rejects.toMatchObject({ kind: 'input' });
  });

  it('asks for no more than it needs', async () => {
    const { list, asked } = vendor(1000);
    expect(await list.toArray({ limit: 3 })).toHaveLength(3);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(await list.toArray({ limit: 0 })).toEqual([]);
  });
});

describe('a list by keys', () => {
  const asked: unknown[] = [];
  const list = (count: number) =>
    keyedList(
      Array.from({ length: count }, (_, key) => key),
      2,
      (keys, { priority }) => {
        asked.push([keys, priority]);
        return Promise.resolve(keys.map((key) => `#${key}`));
      },
      { priority: 'bulk' },
    );

  it('takes as many keys at once as may be, with the options of the caller, and ends with the last', async () => {
    expect(await collect(list(4))).toEqual(['#0', '#1', '#2', '#3']);
    expect(asked).toEqual([
      [[0, 1], 'bulk'],
      [[2, 3], 'bulk'],
    ]);
  });

  it('goes on from a position, and from nothing else', async () => {
    const rest = await collect(list(30).pages({ cursor: '12' }));
    expect(rest.flatMap((page) => page.items)[0]).toBe('#12');
    await expect(collect(list(3).pages({ cursor: 'x' }))).rejects.toThrow(
      'cursor: is not a cursor of this list; pass what `page.next` gave',
    );
  });
});

describe('a cursor list', () => {
  const pages: Record<string, { items: number[]; next: string | null }> = {
    '': { items: [1, 2], next: 'a' },
    a: { items: [2, 3], next: 'b' },
    b: { items: [], next: 'c' },
    c: { items: [4], next: null },
  };
  const list = () =>
    cursorList(({ cursor }) => Promise.resolve(pages[cursor ?? ''] ?? { items: [], next: null }), String);

  it('goes on over short and empty pages and drops what comes again, on every walk anew', async () => {
    const walked = list();
    expect(await collect(walked)).toEqual([1, 2, 3, 4]);
    expect(await collect(walked)).toEqual([1, 2, 3, 4]);
  });

  it('ends on a repeated cursor', async () => {
    const looping = cursorList(({ cursor }) => Promise.resolve({ items: [cursor ?? 'first'], next: 'again' }), String);
    expect(await collect(looping)).toEqual(['first', 'again']);
  });

  it('hands size and options of the caller on', async () => {
    const seen: unknown[] = [];
    const told = cursorList(
      ({ size, options: { priority } }) => {
        seen.push([size, priority]);
        return Promise.resolve({ items: [1], next: null });
      },
      String,
      { priority: 'bulk' },
    );
    await collect(told);
    await collect(told.pages({ size: 7 }));
    expect(seen).toEqual([
      [null, 'bulk'],
      [7, 'bulk'],
    ]);
  });

  it('resumes from a cursor', async () => {
    const rest = await collect(list().pages({ cursor: 'b' }));
    expect(rest.flatMap((page) => page.items)).toEqual([4]);
  });
});

describe('a selected list', () => {
  const even = () => selectedList(vendor(60).list, ({ id }) => (id % 2 === 0 ? `#${id}` : null));

  it('maps, leaves away, and keeps the cursors of the list below', async () => {
    const all = await collect(even());
    expect(all).toEqual(Array.from({ length: 30 }, (_, index) => `#${index * 2}`));
    const [first] = await collect(even().pages({ size: 10 }));
    const rest = await collect(even().pages({ cursor: first?.next ?? '' }));
    expect([...(first?.items ?? []), ...rest.flatMap((page) => page.items)]).toEqual(all);
    expect(await even().toArray({ limit: 2 })).toEqual(['#0', '#2']);
  });
});
