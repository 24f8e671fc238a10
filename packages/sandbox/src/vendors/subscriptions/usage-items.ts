import type { VendorRequest } from '../../framework/vendor.js';
import { dayOf } from '../../world/days.js';
import type { UsageFact } from '../../world/usage.js';
import { ACCOUNT_ID, SUBSCRIBER_ID, SUBSCRIPTION_ID, USAGE_ITEM_ID, USAGE_PRODUCT_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { phoneNumbersOf } from './phone-numbers.js';
import type { SubscriptionRecord } from './subscription-store.js';
import { microTimestamp, plainTimestamp } from './timestamps.js';

/** One usage item: a fact, whose it is, and which of its copies. */
export interface UsageItem {
  readonly fact: UsageFact;
  readonly subscription: SubscriptionRecord;
  readonly copy: number;
}

/** Voice is charged by the minute and data by the KiB, both rounded up. */
const CHARGE_STEP = { voice: 60, data: 1024, sms: 1 };

/** The vendor shows the units of voice and data; that of SMS is inferred. */
const UNIT = { voice: 'seconds', data: 'bytes', sms: 'messages' };

export function usageItemOf(organisation: Organisation, request: VendorRequest, item: UsageItem) {
  const { fact } = item;
  const quantity = quantityOf(fact);
  const step = CHARGE_STEP[fact.kind];
  return {
    id: usageItemId(organisation, fact),
    type: fact.kind,
    direction: directionOf(fact),
    technology: fact.kind === 'data' ? '4G' : 'cs',
    ...numbersOf(organisation, item),
    location_country: fact.network.country,
    roaming: isRoaming(organisation, item),
    ...(fact.kind === 'data' ? {} : { is_recorded: fact.kind === 'voice' && fact.startedAt % 4000 === 0 }),
    started_at: plainTimestamp(fact.startedAt),
    ended_at: plainTimestamp(fact.endedAt),
    processed_at: microTimestamp(fact.processedAt),
    quantity,
    unit: UNIT[fact.kind],
    charged_quantity: Math.ceil(quantity / step) * step,
    cost_type: costTypeOf(organisation, item),
    _links: linksOf(organisation, request, item),
  };
}

/** The same for a fact on every reading. Added facts have a number of their own behind an `a`. */
export function usageItemId({ ids }: Organisation, fact: UsageFact): string {
  const { sim, day, place } = keyOf(fact);
  return ids.make(USAGE_ITEM_ID, sim, day, place);
}

export interface UsageItemKey {
  readonly sim: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly place: number;
}

export function keyOf(fact: UsageFact): UsageItemKey {
  const ending = fact.id.slice(fact.id.lastIndexOf('-') + 1);
  const place = ending.startsWith('a') ? 2 * Number(ending.slice(1)) + 1 : 2 * Number(ending);
  return { sim: fact.index, day: dayOf(fact.startedAt), place };
}

/** Data is told as outbound, as in the vendor's sample. */
export function directionOf(fact: UsageFact): 'inbound' | 'outbound' {
  return fact.direction === 'mt' ? 'inbound' : 'outbound';
}

export function costTypeOf(organisation: Organisation, item: UsageItem): 'free' | 'in_bundle' | 'out_of_bundle' {
  if (directionOf(item.fact) === 'inbound') return 'free';
  return item.fact.network.country === 'US' && isRoaming(organisation, item) ? 'out_of_bundle' : 'in_bundle';
}

export function quantityOf(fact: UsageFact): number {
  switch (fact.kind) {
    case 'data':
      return fact.bytesUp + fact.bytesDown;
    case 'voice':
      return fact.seconds;
    case 'sms':
      return fact.messages;
  }
}

function isRoaming({ context }: Organisation, { fact, subscription }: UsageItem): boolean {
  return phoneNumbersOf(context.fleet, subscription.index)[0]?.country !== fact.network.country;
}

/** Data has no other party. */
function numbersOf({ context, switches }: Organisation, { fact, subscription }: UsageItem) {
  const form = (msisdn: string): number | string => (switches.usageMsisdn === 'number' ? Number(msisdn) : msisdn);
  const own = form(phoneNumbersOf(context.fleet, subscription.index)[0]?.msisdn ?? '');
  if (fact.peer === null) return { from_msisdn: own };
  const other = form(fact.peer);
  return directionOf(fact) === 'inbound'
    ? { from_msisdn: other, to_msisdn: own }
    : { from_msisdn: own, to_msisdn: other };
}

function linksOf({ ids, links }: Organisation, request: VendorRequest, { subscription }: UsageItem) {
  const { index, account } = subscription;
  return {
    subscription: links.to(request, `/subscriptions/${ids.make(SUBSCRIPTION_ID, index)}`),
    subscriber: { ...links.to(request, `/subscribers/${ids.make(SUBSCRIBER_ID, index)}`), method: 'GET' },
    account: links.to(request, `/accounts/${ids.make(ACCOUNT_ID, account)}`),
    product: links.to(request, `/products/${ids.make(USAGE_PRODUCT_ID, index)}`),
  };
}
