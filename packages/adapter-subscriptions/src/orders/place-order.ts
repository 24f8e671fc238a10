import { createHash, randomUUID } from 'node:crypto';
import {
  ConnectivityError,
  epochMs,
  type Iccid,
  type ProviderId,
  toInstant,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { keyLifeHours } from '../capabilities.js';
import type { NewOrder, OrderEntry } from '../operations/orders.js';
import { readOrder } from './await-order.js';
import type { OwnOrder } from './order-book.js';

export interface PlacedOrder {
  readonly entry: OrderEntry;
  readonly facts: Omit<OwnOrder, 'id'>;
}

/**
 * Places one order. It is written down before the call and its idempotency key is always sent; after a lost answer it stays written down without an id, since the
 * vendor documents no way to look for it. The same intent again is the same order: one that was placed is read, one whose answer was lost goes out again only where
 * the vendor's keys are trusted, and while they live.
 */
export async function placeOrder(
  account: Account,
  body: NewOrder,
  sim: { readonly iccid: Iccid; readonly ref: string } | null,
  options: WriteOptions,
): Promise<PlacedOrder> {
  const { provider, client, timing, book } = account;
  const intent = options.intent ?? randomUUID();
  const earlier = await book.earlier(named(intent, body));
  if (earlier !== null && earlier.order.id !== null)
    return { entry: await readOrder(account, earlier.order.id, options), facts: earlier.order };
  if (earlier !== null && !isKeyAlive(account, earlier.order)) throw unanswered(provider);
  const facts = earlier?.order ?? {
    type: body.type,
    placedAt: toInstant(timing.now()),
    iccid: sim?.iccid ?? null,
    simRef: sim?.ref ?? null,
    intent: named(intent, body),
  };
  const position = earlier?.position ?? (await book.begin(facts));
  try {
    const { data } = await client.createOrder({ body }, { ...options, intent });
    await book.placed(position, facts, data);
    return { entry: data, facts };
  } catch (error) {
    if (!ConnectivityError.is(error) || error.effect !== 'none') throw error;
    // A refusal says nothing about an earlier call whose answer was lost.
    if (earlier !== null)
      throw new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect: 'unknown' });
    await book.refused(position, facts);
    throw error;
  }
}

/** May it go out again, to be recognised by its key? */
function isKeyAlive({ settings, timing }: Account, { placedAt }: OwnOrder): boolean {
  return settings.trustIdempotencyKey && timing.now() < epochMs(placedAt) + keyLifeHours * 3_600_000;
}

/** Hashed, since a body names people. */
function named(intent: string, body: NewOrder): string {
  return createHash('sha256')
    .update(JSON.stringify([intent, body]))
    .digest('hex')
    .slice(0, 40);
}

function unanswered(provider: ProviderId): ConnectivityError<'conflict'> {
  const message =
    'an order with this intent went out before and its answer was lost; whether it was placed only the vendor can tell. To place another one, use another intent';
  return new ConnectivityError('conflict', message, { provider, operation: 'createOrder', effect: 'unknown' });
}
