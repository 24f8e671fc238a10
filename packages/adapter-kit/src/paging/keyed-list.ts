import { type CallOptions, type PagedList, paged } from '@carrierkit/core';
import { readPosition } from './cursors.js';

/**
 * What is found under keys that the caller named (ICCIDs of a filter), page by page in their order: `read` gets the next keys, at most `maxSize`, and gives what it found.
 * A cursor is a position among the keys, and holds while they stay the same.
 */
export function keyedList<K, T>(
  keys: readonly K[],
  maxSize: number,
  read: (keys: readonly K[], options: CallOptions) => Promise<readonly T[]>,
  options: CallOptions = {},
): PagedList<T> {
  return paged(async ({ cursor = '0', size = maxSize, signal }) => {
    const start = readPosition(cursor);
    const end = start + Math.min(Math.max(1, size), maxSize);
    const items = await read(keys.slice(start, end), { ...options, signal });
    return { items, next: end < keys.length ? String(end) : null, total: null };
  }, options);
}
