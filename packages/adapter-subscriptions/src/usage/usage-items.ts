import { cursorList } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  epochMs,
  type PagedList,
  type TimeWindow,
  toInstant,
  type UsageKind,
  type UsageRecord,
  windowContains,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize } from '../capabilities.js';
import { cursorOf } from '../mapping/links.js';
import { subscriptionOf, toUsageRecord } from '../mapping/usage.js';
import type { SimLookup } from './sim-lookup.js';

export const itemTypes = ['data', 'sms', 'voice'] as const;
export type ItemType = (typeof itemTypes)[number];

export interface UsageQuery {
  readonly window: TimeWindow;
  readonly types: readonly ItemType[];
}

/** The items of one subscription, or of the whole account (`null`), newest first, as the vendor sorts them. */
export function usageItems(
  account: Account,
  { window, types }: UsageQuery,
  subscription: string | null,
  sims: SimLookup,
  options: CallOptions,
): PagedList<UsageRecord> {
  const { provider, client, timing } = account;
  const [onlyType, ...otherTypes] = types;
  const query = {
    ...datesOf(window),
    // How several are written is not published: only one is sure to be understood.
    ...(onlyType !== undefined && otherTypes.length === 0 && { type: [onlyType] }),
    ...(subscription !== null && { 'subscription-id': subscription }),
  };
  const simOf = (id: string) => sims.get(id);
  const wanted: ReadonlySet<UsageKind> = new Set(types);
  const isWanted = ({ kind, startedAt }: UsageRecord) => wanted.has(kind) && windowContains(window, startedAt);
  return cursorList<UsageRecord>(
    async ({ cursor, size, options: callOptions }) => {
      const limit = Math.min(size ?? pageSize.default, pageSize.max);
      const page = { limit, ...(cursor !== null && { cursor }) };
      const { data } = await client.listUsageItems({ ...query, ...page }, callOptions);
      const found = data._embedded?.items ?? [];
      await sims.learn(found.flatMap(subscriptionOf), callOptions);
      const now = timing.now();
      const items = found.flatMap((item) => {
        const record = toUsageRecord(provider, item, simOf, now);
        return record !== null && isWanted(record) ? record : [];
      });
      return { items, next: cursorOf(data._links?.next?.href) };
    },
    ({ id }) => id,
    options,
  );
}

const dayMs = 86_400_000;

/** The vendor takes days, and does not say whether the last one counts: the day after the window is asked for, and what lies outside left away. */
function datesOf({ from, to }: TimeWindow): { readonly 'from-date': string; readonly 'to-date': string } {
  const dayAfter = toInstant(epochMs(to) - 1 + dayMs);
  return { 'from-date': from.slice(0, 10), 'to-date': dayAfter.slice(0, 10) };
}
