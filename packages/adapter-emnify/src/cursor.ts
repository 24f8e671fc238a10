import { inputError } from '@carrierkit/core';

/** The number in a cursor of our own lists. @throws `input` for anything else */
export function readCursor(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw inputError('cursor', 'is not a cursor of this list; pass what `page.next` gave');
}
