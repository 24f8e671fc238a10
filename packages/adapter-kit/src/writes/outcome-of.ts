import { ConnectivityError, type ErrorInfo } from '@carrierkit/core';

/** What an error of a write says about the item it concerns. A bug is not an outcome: it is thrown on. */
export function outcomeOf(error: unknown): { readonly status: 'failed' | 'unknown'; readonly error: ErrorInfo } {
  if (!ConnectivityError.is(error)) throw error;
  return { status: error.effect === 'none' ? 'failed' : 'unknown', error: error.toJSON() };
}
