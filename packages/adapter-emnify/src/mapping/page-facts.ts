import { type NumberedPage, type Reply, wholeNumber } from '@carrierkit/adapter-kit';

/**
 * What the headers of a list tell; the body is a bare array. A page beyond the last serves the last one again, so the end is where these say it is,
 * never an empty page. Without them a full page may have a next one.
 */
export function pageFacts(
  headers: Reply<unknown>['headers'],
  items: number,
  size: number,
): Omit<NumberedPage<unknown>, 'items'> {
  return {
    lastPage: wholeNumber(headers.get('x-total-pages') ?? headers.get('x-pages')),
    more: items >= size,
    total: wholeNumber(headers.get('x-total-count') ?? headers.get('x-count')),
  };
}
