import type { Handler, ToldUsage, VendorRequest } from '../../framework/vendor.js';
import { dayOf, parseDay } from '../../world/days.js';
import { ACCOUNT_ID, SUBSCRIBER_ID, SUBSCRIPTION_ID, USAGE_ITEM_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { type Collection, halPage, pageOf } from './paging.js';
import { indexOfNumber } from './phone-numbers.js';
import { queryText } from './query-text.js';
import { simOf } from './subscription-store.js';
import { createUsageDays, type UsageDays } from './usage-days.js';
import { costTypeOf, directionOf, keyOf, type UsageItem, usageItemId, usageItemOf } from './usage-items.js';

export function usageHandlers(organisation: Organisation): Record<'listUsageItems', Handler> {
  const days = createUsageDays(organisation);
  return {
    listUsageItems: (request) =>
      pageOf(organisation, request, usageCollection(organisation, days, request), ({ items, links }) =>
        halPage(
          organisation,
          'items',
          items.map((item) => usageItemOf(organisation, request, item)),
          links,
        ),
      ),
  };
}

/** What the API tells of a SIM: all usage of the subscription that has it now, since items name no ICCID. */
export function toldUsage({ context, subscriptions }: Organisation, sim: number, day: number): readonly ToldUsage[] {
  const record = subscriptions.bySim(sim);
  if (record === undefined || simOf(record) !== sim) return [];
  const facts = record.sims.flatMap((own) => context.usage.facts(own, day));
  return facts.map(({ kind, network, bytesUp, bytesDown, seconds, messages }) => ({
    kind,
    country: network.country,
    records: 1,
    bytes: kind === 'data' ? bytesUp + bytesDown : null,
    seconds: kind === 'voice' ? seconds : null,
    messages: kind === 'sms' ? messages : null,
  }));
}

/** Cursors are ids of items, with the number of the copy where an item is listed more than once. */
function usageCollection(organisation: Organisation, days: UsageDays, request: VendorRequest): Collection<UsageItem> {
  const { ids } = organisation;
  return {
    cursor: ({ fact, copy }) => usageItemId(organisation, fact) + (copy === 0 ? '' : `.${copy}`),
    after: (cursor) => {
      if (cursor === undefined) return itemsOf(organisation, days, request);
      const [id = '', copyText = '0'] = cursor.split('.');
      const [sim = -1, day = -1, place = -1] = ids.read(USAGE_ITEM_ID, id) ?? [];
      const facts = sim < 0 ? [] : organisation.context.usage.facts(sim, day);
      const fact = facts.find((found) => keyOf(found).place === place);
      if (fact === undefined || !/^\d+$/.test(copyText)) return undefined;
      return itemsAfter(itemsOf(organisation, days, request, day), id, Number(copyText), organisation);
    },
  };
}

function* itemsAfter(
  items: Iterable<UsageItem>,
  id: string,
  copy: number,
  organisation: Organisation,
): Iterable<UsageItem> {
  let passed = false;
  for (const item of items) {
    if (passed) yield item;
    else passed = item.copy === copy && usageItemId(organisation, item.fact) === id;
  }
}

/** Newest first, from the end of the asked dates (both belong to it, in UTC) or from a day on. */
function* itemsOf(
  organisation: Organisation,
  days: UsageDays,
  { query }: VendorRequest,
  startDay?: number,
): Iterable<UsageItem> {
  const { context, ids, subscriptions } = organisation;
  const { earliestDay } = context.usage;
  const today = dayOf(context.clock.now());
  const first = Math.max(earliestDay, parseDay(queryText(query, 'from-date') ?? '') ?? earliestDay);
  const last = Math.min(today, parseDay(queryText(query, 'to-date') ?? '') ?? today);
  const account = queryText(query, 'account-id');
  const accountIndex = account === undefined ? undefined : ids.index(ACCOUNT_ID, account);
  if (account !== undefined && accountIndex === undefined) return;
  const sims = wantedSims(organisation, query);
  for (let day = Math.min(last, startDay ?? last); day >= first; day--) {
    for (const fact of days.newestFirst(day, sims)) {
      const subscription = subscriptions.bySim(fact.index);
      if (subscription === undefined || (accountIndex ?? subscription.account) !== subscription.account) continue;
      for (let copy = 0; copy < fact.copies; copy++) {
        const item = { fact, subscription, copy };
        if (isWanted(organisation, query, item)) yield item;
      }
    }
  }
}

/** `undefined`: all. Ids and numbers that nobody has are wanted in vain. */
function wantedSims({ context, ids, subscriptions }: Organisation, query: VendorRequest['query']) {
  const subscription = queryText(query, 'subscription-id');
  const subscriber = queryText(query, 'subscriber-id');
  const msisdn = queryText(query, 'msisdn');
  const asked: (number | undefined)[] = [];
  if (subscription !== undefined) asked.push(ids.index(SUBSCRIPTION_ID, subscription));
  if (subscriber !== undefined) asked.push(ids.index(SUBSCRIBER_ID, subscriber));
  if (msisdn !== undefined) asked.push(indexOfNumber(context.fleet, msisdn));
  const [index] = asked;
  if (asked.length === 0) return undefined;
  if (index === undefined || asked.some((other) => other !== index)) return [];
  return subscriptions.get(index)?.sims ?? [];
}

function isWanted(organisation: Organisation, query: VendorRequest['query'], item: UsageItem): boolean {
  const { type, direction, 'cost-type': costType } = query;
  const { fact } = item;
  return (
    (type === undefined || (type as readonly string[]).includes(fact.kind)) &&
    (direction === undefined || directionOf(fact) === direction) &&
    (costType === undefined || (costType as readonly string[]).includes(costTypeOf(organisation, item)))
  );
}
