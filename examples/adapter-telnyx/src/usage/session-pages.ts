import { numberedList } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  type Page,
  type PagedList,
  pagedFrom,
  type TimeWindow,
  type UsageRecord,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls, recordsPerPage, settlesAfterHours } from '../capabilities.js';
import { pageFacts } from '../mapping/page-facts.js';
import { toRecord } from '../mapping/usage.js';
import type { SimCardUsage } from '../operations/detail-records.js';
import type { SimNames } from './sim-names.js';

export interface SessionQuery {
  readonly window: TimeWindow;
  /** The vendor's id of one SIM; `null` for the whole account. */
  readonly sim: string | null;
}

/** Sessions that began in the window, the oldest first, as records. */
export function sessionPages(
  account: Account,
  query: SessionQuery,
  names: SimNames,
  options: CallOptions,
): PagedList<UsageRecord> {
  const sessions = vendorPages(account, query, options);
  return pagedFrom((request) => mapped(account, sessions.pages(request), query, names, options), options);
}

async function* mapped(
  account: Account,
  pages: AsyncIterable<Page<SimCardUsage>>,
  { window }: SessionQuery,
  names: SimNames,
  options: CallOptions,
): AsyncGenerator<Page<UsageRecord>, undefined> {
  const { provider, settings, timing } = account;
  const settledBefore = timing.now() - settlesAfterHours * 3_600_000;
  for await (const page of pages) {
    const items: UsageRecord[] = [];
    for (const session of page.items) {
      const iccid = await names.iccidOf(session.sim_card_id, options);
      const record = toRecord(session, { provider, iccid, megabyte: settings.megabyte, settledBefore });
      // The bounds are sent, and compared here as well: what `gte` and `lt` do to fractions of a second is not told.
      if (record !== null && record.startedAt >= window.from && record.startedAt < window.to) items.push(record);
    }
    yield { items, next: page.next, total: null };
  }
}

function vendorPages(
  { provider, client }: Account,
  query: SessionQuery,
  options: CallOptions,
): PagedList<SimCardUsage> {
  const { window, sim } = query;
  return numberedList<SimCardUsage>({
    provider,
    async fetchPage({ page, size, options: callOptions }) {
      const { data } = await client.SearchDetailRecords(
        {
          'page[number]': page,
          'page[size]': size,
          'filter[record_type]': 'sim_card_usage',
          'filter[created_at][gte]': window.from,
          'filter[created_at][lt]': window.to,
          ...(sim !== null && { 'filter[sim_card_id]': sim }),
          sort: 'created_at',
        },
        callOptions,
      );
      return { items: data.data, ...pageFacts(data.meta, data.data.length, size) };
    },
    key: ({ id }) => id,
    pageSize: { max: recordsPerPage },
    parallel: parallelCalls,
    options,
  });
}
