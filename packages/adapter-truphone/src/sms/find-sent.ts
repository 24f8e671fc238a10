import { type CallOptions, epochMs, instantFrom } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize } from '../capabilities.js';
import { isInbound } from '../mapping/delivery.js';
import { messageId } from '../mapping/message-id.js';
import { pageFacts } from '../mapping/page-facts.js';

/** What was sent, and not before when, by our clock. */
export interface Sent {
  readonly text: string;
  readonly startedAt: number;
  /** Messages whose ids were given out already: none of them is a lost one. */
  readonly given: ReadonlySet<string>;
}

/** Dates have whole seconds, and one may lie between the readings of two clocks. */
const toleranceMs = 2000;

/** Which SIMs the vendor took this message for, and under which id: looked up in the delivery list, newest first, by the vendor's clock. */
export async function findSent(
  { client, timing }: Account,
  { text, startedAt, given }: Sent,
  options: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const size = pageSize.max;
  for (let page = 1; ; page++) {
    const { data, headers } = await client.listSmsDeliveryReports({ page, per_page: size }, options);
    const since = startedAt + clockDifference(headers.get('date'), timing.now()) - toleranceMs;
    let isOlder = false;
    for (const report of data) {
      const submittedAt = instantFrom(report.dateSubmitted);
      if (submittedAt === null || isInbound(report)) continue;
      isOlder = epochMs(submittedAt) < since;
      const id = messageId(report.id);
      if (isOlder || report.content !== text || given.has(id)) continue;
      for (const { iccid } of report.deliveryReport ?? []) if (iccid && !found.has(iccid)) found.set(iccid, id);
    }
    if (isOlder || !pageFacts(headers, data.length, size).more) return found;
  }
}

/** How far the vendor's clock is ahead of ours. */
function clockDifference(date: string | null, now: number): number {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - now;
}
