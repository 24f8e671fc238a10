import type { NumberedPage } from '@carrierkit/adapter-kit';
import { ConnectivityError } from '@carrierkit/core';
import { pageFacts } from './page-facts.js';

interface Listed<T> {
  readonly data: readonly T[];
  readonly headers: Parameters<typeof pageFacts>[0];
}

/** One page of any list. A page past the end, which a list that became shorter has, is answered 404 (inferred): it is the end. */
export async function pageOrEnd<T>(
  page: number,
  size: number,
  fetchPage: () => Promise<Listed<T>>,
): Promise<NumberedPage<T>> {
  try {
    const { data, headers } = await fetchPage();
    return { items: data, ...pageFacts(headers, data.length, size) };
  } catch (error) {
    if (page === 1 || !ConnectivityError.is(error, 'not-found')) throw error;
    return { items: [], lastPage: null, more: false, total: null };
  }
}
