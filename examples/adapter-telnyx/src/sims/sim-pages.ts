import { type InputOf, numberedList } from '@carrierkit/adapter-kit';
import type { CallOptions, PagedList } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { pageFacts } from '../mapping/page-facts.js';
import type { GetSimCards, SimCard } from '../operations/sim-cards.js';

/** What the vendor filters itself. */
export type SimCriteria = Pick<InputOf<typeof GetSimCards>, 'filter[iccid]' | 'filter[msisdn]' | 'filter[tags]'>;

/** The account's SIMs as the vendor tells them. It has no sort by a key that stays; that its own order does is inferred, and the told total is compared. */
export function simPages(
  { provider, client }: Account,
  criteria: SimCriteria,
  options: CallOptions,
): PagedList<SimCard> {
  return numberedList<SimCard>({
    provider,
    async fetchPage({ page, size, options: callOptions }) {
      const query = { 'page[number]': page, 'page[size]': size, ...criteria };
      const { data } = await client.GetSimCards(query, callOptions);
      return { items: data.data, ...pageFacts(data.meta, data.data.length, size) };
    },
    key: ({ id }) => id,
    pageSize,
    parallel: parallelCalls,
    options,
  });
}
