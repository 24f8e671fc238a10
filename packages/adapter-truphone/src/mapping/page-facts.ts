import type { NumberedPage, Reply } from '@carrierkit/adapter-kit';

/**
 * What the `Link` header (RFC 8288) of a list tells; the body is a bare array and no total is told. Of a link only its page number is used:
 * where it points to is nobody's business. Without the header a full page may have a next one.
 */
export function pageFacts(
  headers: Reply<unknown>['headers'],
  items: number,
  size: number,
): Omit<NumberedPage<unknown>, 'items'> {
  const header = headers.get('link');
  const pages = header === null ? null : linkedPages(header);
  const last = pages?.get('last');
  return {
    lastPage: last !== undefined && /^\d{1,9}$/.test(last) ? Number(last) : null,
    more: pages === null ? items >= size : pages.has('next'),
    total: null,
  };
}

/** The `page` of each link by its relation; one link may have several. */
function linkedPages(header: string): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    const [, relations = ''] = /;\s*rel\s*=\s*("[^"]*"|[^;,\s]+)/i.exec(parameters) ?? [];
    const page = new URLSearchParams(target.split('?')[1] ?? '').get('page');
    if (page === null) continue;
    for (const relation of relations.replaceAll('"', '').toLowerCase().split(/\s+/)) pages.set(relation, page);
  }
  return pages;
}
