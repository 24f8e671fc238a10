import { type CallOptions, cancelledError, type PagedList } from '@carrierkit/core';
import { inventory, type Mutant, messaging, orders, ratePlans, usage } from './mutant.js';

type Open<T> = (options?: CallOptions) => PagedList<T>;
type Spoil = <T>(open: Open<T>) => Open<T>;

const COLLECTIONS: Readonly<Record<string, (spoil: Spoil) => Mutant['mutate']>> = {
  'inventory.list: SIMs': (spoil) =>
    inventory((port) => ({ list: (filter, options) => spoil((given) => port.list(filter, given))(options) })),
  'lifecycle.ratePlans: rate plans': (spoil) =>
    ratePlans((port) => ({ list: (options) => spoil((given) => port.list(given))(options) })),
  'lifecycle.orders: order templates': (spoil) =>
    orders((port) => ({ templates: (filter, options) => spoil((given) => port.templates(filter, given))(options) })),
  'lifecycle.orders.list: orders': (spoil) =>
    orders((port) => ({ list: (filter, options) => spoil((given) => port.list(filter, given))(options) })),
  'messaging.list: messages': (spoil) =>
    messaging((port) => ({ list: (filter, options) => spoil((given) => port.list(filter, given))(options) })),
  'usage.records: usage records': (spoil) =>
    usage((port) => ({ records: (query, options) => spoil((given) => port.records(query, given))(options) })),
};

async function* twice<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of items) {
    yield item;
    yield item;
  }
}

async function* allFirst<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  yield* all;
}

async function* refused<T>(): AsyncGenerator<T> {
  yield* [];
  throw cancelledError();
}

/** By what the check promises. */
const DEFECTS: Readonly<Record<string, { readonly defect: string; readonly spoil: Spoil }>> = {
  'come once each and in full shape': {
    defect: 'every item comes twice',
    spoil: (open) => (options) => {
      const list = open(options);
      return { ...list, [Symbol.asyncIterator]: () => twice(list) };
    },
  },
  'continue from a cursor with the same remainder': {
    defect: 'the cursor is ignored',
    spoil: (open) => (options) => {
      const list = open(options);
      return { ...list, pages: ({ size } = {}) => list.pages(size === undefined ? {} : { size }) };
    },
  },
  'are cut at the limit of toArray': {
    defect: 'toArray gives one too many',
    spoil: (open) => (options) => {
      const list = open(options);
      return { ...list, toArray: ({ limit }) => list.toArray({ limit: limit + 1 }) };
    },
  },
  'are not asked for before iteration': {
    defect: 'the first page is asked for at once',
    spoil: (open) => (options) => {
      const list = open(options);
      void list.toArray({ limit: 1 }).catch(() => {});
      return list;
    },
  },
  'are not read on after a break': {
    defect: 'all pages are read before the first is given',
    spoil: (open) => (options) => {
      const list = open(options);
      return { ...list, pages: (page) => allFirst(list.pages(page)) };
    },
  },
  'are not asked for when the signal is aborted: cancelled': {
    defect: 'the signal is ignored',
    spoil: (open) => () => open(),
  },
  'end with cancelled when the signal aborts on the way': {
    defect: 'the signal is only looked at in the beginning',
    spoil: (open) => (options) => {
      const list = open();
      return options?.signal?.aborted ? { ...list, [Symbol.asyncIterator]: () => refused() } : list;
    },
  },
};

export const listMutants: readonly Mutant[] = Object.entries(COLLECTIONS).flatMap(([what, put]) =>
  Object.entries(DEFECTS).map(
    ([promise, { defect, spoil }]): Mutant => ({
      check: `${what} ${promise}`,
      defect,
      variant: 'full',
      mutate: put(spoil),
    }),
  ),
);
