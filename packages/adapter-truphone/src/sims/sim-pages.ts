import { type InputOf, numberedList } from '@carrierkit/adapter-kit';
import type { CallOptions, PagedList } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { pageOrEnd } from '../mapping/page-or-end.js';
import type { listSimCards, SimCard } from '../operations/sims.js';

export type SimQuery = InputOf<typeof listSimCards>;

/** The account's SIMs as the vendor tells them, in the order of their ICCIDs; the query filters at the vendor. */
export function simPages(
  { provider, client }: Account,
  query: SimQuery,
  options: CallOptions = {},
): PagedList<SimCard> {
  return numberedList<SimCard>({
    provider,
    fetchPage: ({ page, size, options: callOptions }) =>
      pageOrEnd(page, size, () =>
        client.listSimCards({ ...query, page, per_page: size, ordering: 'iccid' }, callOptions),
      ),
    key: ({ iccid }) => iccid,
    pageSize,
    parallel: parallelCalls,
    options,
  });
}
