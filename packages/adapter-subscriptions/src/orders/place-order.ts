import { randomUUID } from 'node:crypto';
import { ConnectivityError, type Iccid, toInstant, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import type { NewOrder, OrderEntry } from '../operations/orders.js';
import type { OwnOrder } from './order-book.js';

export interface PlacedOrder {
  readonly entry: OrderEntry;
  readonly facts: Omit<OwnOrder, 'id'>;
}

/**
 * Places one order. It is written down before the call and its idempotency key is always sent; after a lost answer the order stays written down without an id,
 * and is not placed again: the vendor has no documented way to look for it.
 */
export async function placeOrder(
  account: Account,
  body: NewOrder,
  sim: { readonly iccid: Iccid; readonly ref: string } | null,
  options: WriteOptions,
): Promise<PlacedOrder> {
  const { client, timing, book } = account;
  const intent = options.intent ?? randomUUID();
  const placedAt = toInstant(timing.now());
  const facts = { type: body.type, placedAt, iccid: sim?.iccid ?? null, simRef: sim?.ref ?? null, intent };
  const position = await book.begin(facts);
  try {
    const { data } = await client.createOrder({ body }, { ...options, intent });
    await book.placed(position, facts, data);
    return { entry: data, facts };
  } catch (error) {
    if (ConnectivityError.is(error) && error.effect === 'none') await book.refused(position);
    throw error;
  }
}
