import { numberedList } from '@carrierkit/adapter-kit';
import type { CallOptions, PagedList } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { pageFacts } from '../mapping/page-facts.js';
import type { SimEntry } from '../operations/sims.js';

/** The account's SIMs as the vendor tells them, sorted by id; `q` filters at the vendor. */
export function simPages(
  { provider, client }: Account,
  q: string | null,
  options: CallOptions = {},
): PagedList<SimEntry> {
  return numberedList<SimEntry>({
    provider,
    async fetchPage({ page, size, options: callOptions }) {
      const query = { page, per_page: size, sort: 'id', ...(q !== null && { q }) };
      const { data, headers } = await client.listSims(query, callOptions);
      return { items: data, ...pageFacts(headers, data.length, size) };
    },
    key: (sim) => String(sim.id),
    pageSize,
    parallel: parallelCalls,
    options,
  });
}
