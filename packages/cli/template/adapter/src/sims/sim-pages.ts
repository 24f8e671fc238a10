import { numberedList } from '@carrierkit/adapter-kit';
import type { CallOptions, Iccid, PagedList } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import type { SimEntry } from '../operations/sims.js';

// REPLACE: how the vendor walks a list: `numberedList`, or `cursorList` where one page names the next.
/** The account's SIMs as the vendor tells them; one ICCID is filtered by the vendor. */
export function simPages(account: Account, iccid: Iccid | undefined, options: CallOptions): PagedList<SimEntry> {
  return numberedList<SimEntry>({
    provider: account.provider,
    async fetchPage({ page, size, options: callOptions }) {
      const query = { page, per_page: size, ...(iccid !== undefined && { iccid }) };
      const { sims, total } = (await account.client.listSims(query, callOptions)).data;
      return { items: sims, lastPage: Math.max(1, Math.ceil(total / size)), more: sims.length === size, total };
    },
    key: ({ id }) => id,
    pageSize,
    parallel: parallelCalls,
    options,
  });
}
