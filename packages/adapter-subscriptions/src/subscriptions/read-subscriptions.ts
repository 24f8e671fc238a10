import type { CallOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import type { SubscriptionEntry } from '../operations/subscriptions.js';
import { completed } from './completed.js';
import { suspendedByOrders } from './suspended-by-orders.js';

/** A subscription with all its parts, and whether orders of ours have suspended it. */
export interface Subscription {
  readonly entry: SubscriptionEntry;
  readonly suspended: boolean;
}

/** For one walk: makes whole what the vendor answered, page by page. */
export function subscriptionReader(
  account: Account,
): (entries: readonly SubscriptionEntry[], options: CallOptions) => Promise<readonly Subscription[]> {
  const suspendedOf = suspendedByOrders(account);
  return async (entries, options) => {
    if (entries.some(({ status }) => status === 'suspended')) await account.book.vendorTellsSuspension();
    const suspended = await suspendedOf(entries, options);
    const whole = await completed(account, entries, options);
    return whole.map((entry) => ({ entry, suspended: suspended.has(entry.id) }));
  };
}
