import type { NumberedPage } from '@carrierkit/adapter-kit';

/** What `meta` of a list tells; without it a full page may have a next one. */
export function pageFacts(
  meta:
    | { readonly total_pages?: number | null | undefined; readonly total_results?: number | null | undefined }
    | null
    | undefined,
  items: number,
  size: number,
): Omit<NumberedPage<unknown>, 'items'> {
  return {
    // An empty list has no pages; its first one has been read all the same.
    lastPage: meta?.total_pages == null ? null : Math.max(1, meta.total_pages),
    more: items >= size,
    total: meta?.total_results ?? null,
  };
}
