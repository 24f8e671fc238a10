import type { VendorRequest } from '../../framework/vendor.js';

/** A query parameter that is one text; one that is repeated is none. */
export function queryText(query: VendorRequest['query'], name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : undefined;
}
