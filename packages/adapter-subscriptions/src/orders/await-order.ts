import { lookUntil } from '@carrierkit/adapter-kit';
import type { CallOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import { isFinal } from '../mapping/order.js';
import type { OrderEntry } from '../operations/orders.js';

/** How long an order is waited for where the caller does not say: they usually take minutes. */
export const orderMs = 600_000;

/** Reads an order until it is final, the deadline has passed or the caller stops; gives what was read last. Orders usually take minutes, and nothing calls back. */
export async function awaitOrder(
  account: Account,
  id: string,
  deadline: number,
  options: CallOptions,
): Promise<OrderEntry> {
  const { timing } = account;
  // The deadline is the whole wait's; one read keeps its own.
  const { deadlineMs: _, ...callOptions } = options;
  return lookUntil(
    () => readOrder(account, id, callOptions),
    ({ status }) => isFinal(status),
    { timing, deadline, signal: options.signal },
  );
}

export async function readOrder({ client, book }: Account, id: string, options: CallOptions): Promise<OrderEntry> {
  const { data } = await client.getOrder({ id }, options);
  await book.seen(data);
  return data;
}
