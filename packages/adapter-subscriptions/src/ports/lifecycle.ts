import { onceEach, outcomeOf, refuseAll, type SimResult } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  inputError,
  type Lifecycle,
  type PendingChange,
  type SettableState,
  type SimOutcome,
  type SimTarget,
  simTargetIccid,
  toInstant,
  unsupportedError,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { orderStateOf } from '../mapping/order.js';
import { accountOf, iccidOf } from '../mapping/sim.js';
import { stateOf } from '../mapping/state.js';
import type { SubscriptionEntry } from '../operations/subscriptions.js';
import { awaitOrder, orderMs } from '../orders/await-order.js';
import { newOrder } from '../orders/new-order.js';
import { placeOrder } from '../orders/place-order.js';
import { type Found, findSubscriptions } from '../subscriptions/find-subscriptions.js';
import type { Subscription } from '../subscriptions/read-subscriptions.js';
import { orders } from './orders.js';

/** Suspending and resuming are orders for the subscription that owns the SIM: accepted first, done when the order is completed. */
export function lifecycle(account: Account): Lifecycle {
  const { provider, timing } = account;
  return {
    async change({ sims, to }, options = {}) {
      const refusal = refused(to);
      if (refusal) return refuseAll(provider, sims, refusal);
      const found = await findSubscriptions(account, sims, options);
      const wanted = sims.map((sim, index): Wanted => ({ sim, one: found[index]! }));
      const results = await onceEach(wanted, ownerKey, parallelCalls, async ({ sim, one }) =>
        'error' in one ? outcomeOf(one.error) : order(account, sim, one, to, options),
      );
      return sims.map((sim, index): SimOutcome => ({ provider, iccid: simTargetIccid(sim), ...results[index]! }));
    },
    confirm(pending, options = {}) {
      const deadline = timing.now() + (options.deadlineMs ?? orderMs);
      return onceEach(
        pending,
        ({ iccid, ref }) => `${iccid} ${ref}`,
        parallelCalls,
        (change) => confirmOne(account, change, deadline, options),
      );
    },
    orders: orders(account),
  };
}

interface Wanted {
  readonly sim: SimTarget;
  readonly one: Found;
}

/** SIMs of one subscription are one order; what was not found is told for each. */
function ownerKey({ sim, one }: Wanted): string {
  return 'error' in one ? `missing ${simTargetIccid(sim)}` : one.entry.id;
}

/** Whether it is meant or not, no order ends a subscription. */
function refused(to: SettableState): ConnectivityError | null {
  if (to === 'active' || to === 'suspended') return null;
  return unsupportedError(`this vendor documents no order that makes a SIM ${to}; active and suspended can be set`);
}

/** Only what the vendor says by itself makes a SIM `unchanged`; our own order history is believed when the vendor refuses a move to where it says the SIM is. */
async function order(
  account: Account,
  target: SimTarget,
  { entry, suspended }: Subscription,
  to: SettableState,
  options: WriteOptions,
): Promise<SimResult> {
  const { provider, timing } = account;
  const isThere = stateOf(entry.status, suspended).value === to;
  if (isThere && stateOf(entry.status, false).value === to) return { status: 'unchanged' };
  const since = toInstant(timing.now());
  try {
    const request = {
      account: ownerOf(account, entry),
      type: to === 'suspended' ? ('suspend' as const) : ('resume' as const),
      sim: target,
    };
    const sim = { iccid: iccidOf(entry) ?? simTargetIccid(target), ref: entry.id };
    const intent = options.intent === undefined ? {} : { intent: `${options.intent}:${entry.id}` };
    const placed = await placeOrder(account, newOrder(request, entry.id), sim, { ...options, ...intent });
    const pending = { provider, iccid: simTargetIccid(target), to, ref: placed.entry.id, since };
    return { status: 'accepted', pending };
  } catch (error) {
    const refusedMove = ConnectivityError.is(error, 'conflict') && error.effect === 'none';
    return isThere && refusedMove ? { status: 'unchanged' } : outcomeOf(error);
  }
}

/** The account that an order has to name. */
function ownerOf({ provider }: Account, entry: SubscriptionEntry): string {
  const owner = accountOf(entry);
  if (owner !== null) return owner;
  const message = `subscription ${entry.id} came without its account, which an order has to name; place the order with orders.place`;
  throw new ConnectivityError('contract', message, { provider });
}

/** By the order where the handle has one. Nothing is done before the vendor says `completed`. */
async function confirmOne(
  account: Account,
  change: PendingChange,
  deadline: number,
  options: CallOptions,
): Promise<SimOutcome> {
  const { provider } = account;
  const { iccid, ref } = change;
  if (ref === null) {
    const message = 'is missing: it names the order to look at';
    return { provider, iccid, ...outcomeOf(inputError('pending.ref', message, { provider })) };
  }
  try {
    const entry = await awaitOrder(account, ref, deadline, options);
    const state = orderStateOf(entry.status).value;
    if (state === 'completed') return { provider, iccid, status: 'applied' };
    if (state === 'failed') {
      const message = `order ${ref} was canceled: the vendor could not carry it out, and gives no reason`;
      return {
        provider,
        iccid,
        ...outcomeOf(new ConnectivityError('conflict', message, { provider, operation: 'getOrder' })),
      };
    }
    return { provider, iccid, status: 'accepted', pending: change };
  } catch (error) {
    // What became of the change is not known when it cannot be looked at.
    return { provider, iccid, status: 'unknown', error: outcomeOf(error).error };
  }
}
