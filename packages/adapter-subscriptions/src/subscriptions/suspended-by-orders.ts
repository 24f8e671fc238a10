import { mapConcurrent } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import type { SubscriptionEntry } from '../operations/subscriptions.js';
import { readOrder } from '../orders/await-order.js';
import type { Suspensions } from '../orders/order-book.js';

type Told = (entries: readonly SubscriptionEntry[], options: CallOptions) => Promise<ReadonlySet<string>>;

/**
 * For one walk over subscriptions: which of them are suspended by orders of ours, for a vendor whose status may not tell it.
 * Orders for them that nobody has seen finished are read first, each until it is final and never again.
 */
export function suspendedByOrders(account: Account): Told {
  let known: Promise<Suspensions> | null = null;
  return async (entries, options) => {
    known ??= account.book.suspensions();
    const { suspended, open } = await known;
    const orders = entries.flatMap(({ id, status }) =>
      status === 'active' ? (open.get(id) ?? []).map((order) => ({ subscription: id, order })) : [],
    );
    if (orders.length === 0) return suspended;
    await mapConcurrent(orders, parallelCalls, ({ subscription, order }) =>
      look(account, subscription, order, options),
    );
    known = account.book.suspensions();
    return (await known).suspended;
  };
}

/** An order that the vendor has forgotten tells nothing. */
async function look(account: Account, subscription: string, order: string, options: CallOptions): Promise<void> {
  try {
    await readOrder(account, order, options);
  } catch (error) {
    if (!ConnectivityError.is(error, 'not-found')) throw error;
    await account.book.close(subscription, order);
  }
}
