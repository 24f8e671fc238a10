import { type Iccid, type Instant, iccidFromVendor, known, type Order, type ProviderId } from '@carrierkit/core';
import type { OrderEntry } from '../operations/orders.js';
import { withoutSecrets } from './without-secrets.js';

type OrderType = Exclude<Order['type']['value'], 'unknown'>;

/** Theirs, and ours. */
export const orderTypes: ReadonlyMap<string, OrderType> = new Map([
  ['activate_subscription', 'activate'],
  ['change_sim_profile', 'replace-sim'],
  ['suspend_subscription', 'suspend'],
  ['resume_subscription', 'resume'],
]);

/** `canceled` is the failure outcome, not somebody's wish; one page spells it with two l. */
export const orderStatuses: ReadonlyMap<string, 'pending' | 'completed' | 'failed'> = new Map([
  ['pending', 'pending'],
  ['completed', 'completed'],
  ['canceled', 'failed'],
  ['cancelled', 'failed'],
]);

export function orderStateOf(status: string): Order['state'] {
  return known(orderStatuses, status);
}

/** A word that is new to us is not taken for an end. */
export function isFinal(status: string): boolean {
  const { value } = orderStateOf(status);
  return value === 'completed' || value === 'failed';
}

/** What we know of an order besides the vendor's answer, which may be bare. */
export interface OrderFacts {
  readonly placedAt: Instant | null;
  readonly iccid: Iccid | null;
  readonly simRef: string | null;
}

export function toOrder(provider: ProviderId, entry: OrderEntry, facts: OrderFacts): Order {
  return {
    provider,
    id: entry.id,
    type: known(orderTypes, entry.type),
    state: orderStateOf(entry.status),
    iccid: iccidFromVendor(entry.sim_profile?.iccid, { checkDigit: 'present' }) ?? facts.iccid,
    simRef: entry.subscription_id ?? facts.simRef,
    placedAt: facts.placedAt,
    raw: withoutSecrets(entry),
  };
}
