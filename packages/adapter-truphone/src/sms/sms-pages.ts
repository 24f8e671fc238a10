import { type InputOf, numberedList } from '@carrierkit/adapter-kit';
import type { CallOptions, PagedList } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { messageId } from '../mapping/message-id.js';
import { pageOrEnd } from '../mapping/page-or-end.js';
import type { listSmsDeliveryReports, SmsReport } from '../operations/sms.js';

/** Messages as the vendor tells them, newest first; the query filters at the vendor. */
export function smsPages(
  { provider, client }: Account,
  query: InputOf<typeof listSmsDeliveryReports>,
  options: CallOptions,
): PagedList<SmsReport> {
  return numberedList<SmsReport>({
    provider,
    fetchPage: ({ page, size, options: callOptions }) =>
      pageOrEnd(page, size, () => client.listSmsDeliveryReports({ ...query, page, per_page: size }, callOptions)),
    key: ({ id }) => messageId(id),
    pageSize,
    parallel: parallelCalls,
    options,
  });
}
