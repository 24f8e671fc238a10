import { mapConcurrent, numberedList, simFailure } from '@carrierkit/adapter-kit';
import { type CallOptions, type Iccid, type UsageRecord, windowContains } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { smsRecord } from '../mapping/call-detail-record.js';
import { dateBounds } from '../mapping/date-text.js';
import { pageOrEnd } from '../mapping/page-or-end.js';
import { cursorNumbers } from './joined-parts.js';
import type { UsagePart, UsageQuery } from './usage-part.js';

/** SIMs listed at once. Each is a call of its own, so a page of records holds those of few: a reader who stops has not asked for much in vain. */
const listedSims = 100;
const simsPerPage = parallelCalls;

/** SMS out of call detail records, SIM by SIM. */
export function recordsPart(account: Account, query: UsageQuery): UsagePart {
  return async function* ({ cursor, failures, options }) {
    let [page, offset] = cursorNumbers(cursor, 2) as [number, number];
    for (let more = true; more; page++, offset = 0) {
      const listed = await simsOf(account, query, page, options);
      more = listed.more;
      const { iccids } = listed;
      do {
        const group = iccids.slice(offset, offset + simsPerPage);
        const read = await mapConcurrent(group, parallelCalls, async (iccid): Promise<readonly UsageRecord[]> => {
          try {
            return await recordsOf(account, iccid, query, options);
          } catch (error) {
            failures.push(simFailure(error, iccid));
            return [];
          }
        });
        offset += simsPerPage;
        const following = more ? `${page + 1}.0` : null;
        yield { items: read.flat(), next: offset < iccids.length ? `${page}.${offset}` : following, total: null };
      } while (offset < iccids.length);
    }
  };
}

/** Those that were asked for, or a page of the account's. */
async function simsOf(
  { client }: Account,
  { iccids }: UsageQuery,
  page: number,
  options: CallOptions,
): Promise<{ readonly iccids: readonly string[]; readonly more: boolean }> {
  if (iccids !== null) return { iccids, more: false };
  const { items, lastPage, more } = await pageOrEnd(page + 1, listedSims, () =>
    client.listSimCards({ page: page + 1, per_page: listedSims, ordering: 'iccid' }, options),
  );
  return { iccids: items.map(({ iccid }) => iccid), more: lastPage === null ? more : page + 1 < lastPage };
}

/** All records are asked for, sessions too: a filter by type would be a call for each direction. */
async function recordsOf(
  { provider, client, settings, timing }: Account,
  iccid: string,
  { window }: UsageQuery,
  options: CallOptions,
): Promise<readonly UsageRecord[]> {
  const bounds = dateBounds(window);
  const list = numberedList({
    provider,
    fetchPage: ({ page, size, options: callOptions }) =>
      pageOrEnd(page, size, () =>
        client.listCallDetailRecords(
          { iccid, page, per_page: size, startDate_from: bounds.from, startDate_to: bounds.to },
          callOptions,
        ),
      ),
    key: ({ id }) => String(id),
    pageSize,
    parallel: parallelCalls,
    options,
  });
  const records: UsageRecord[] = [];
  for await (const one of list) {
    const record = smsRecord(provider, iccid as Iccid, one, settings.smsDirection, timing.now());
    if (record !== null && windowContains(window, record.startedAt)) records.push(record);
  }
  return records;
}
