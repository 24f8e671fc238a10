import { inputError } from '../errors/make-error.js';

/**
 * The items in order, in lists of at most `size`: one vendor call each. `Infinity` makes one list, no items make none.
 * @throws `input` when `size` is not a positive whole number
 */
export function inChunks<T>(items: Iterable<T>, size: number): readonly (readonly T[])[] {
  if (!(size >= 1) || (size !== Infinity && !Number.isInteger(size)))
    throw inputError('size', 'expected a positive whole number');
  const all = Array.isArray(items) ? (items as readonly T[]) : [...items];
  const chunks: (readonly T[])[] = [];
  for (let start = 0; start < all.length; start += size) chunks.push(all.slice(start, start + size));
  return chunks;
}
