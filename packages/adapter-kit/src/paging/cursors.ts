import { type ConnectivityError, type ErrorContext, inputError } from '@carrierkit/core';

/** The error for a cursor that the list did not make itself. */
export function foreignCursor(context: ErrorContext<'input'> = {}): ConnectivityError<'input'> {
  return inputError('cursor', 'is not a cursor of this list; pass what `page.next` gave', context);
}

/** The number in a cursor of a list that is cut by position or counted by page. @throws `input` for anything else */
export function readPosition(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw foreignCursor();
}
