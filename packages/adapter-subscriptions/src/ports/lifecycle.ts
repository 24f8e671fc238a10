import { mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  type Iccid,
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
      if (refusal) return sims.map((sim) => failed(account, simTargetIccid(sim), refusal));
      const found = await findSubscriptions(account, sims, options);
      const placed = new Map<string, Promise<Result>>();
      return mapConcurrent(sims, parallelCalls, async (sim, index) => {
        const iccid = simTargetIccid(sim);
        const one = found[index] as Found;
        if ('error' in one) return { provider, iccid, ...outcomeOf(one.error) };
        const result = placed.get(one.entry.id) ?? order(account, sim, one, to, options);
        placed.set(one.entry.id, result);
        return { provider, iccid, ...(await result) } as SimOutcome;
      });
    },
    confirm(pending, options = {}) {
      const deadline = timing.now() + (options.deadlineMs ?? orderMs);
      const read = new Map<string, Promise<SimOutcome>>();
      return mapConcurrent(pending, parallelCalls, (change) => {
        const key = `${change.iccid} ${change.ref}`;
        const outcome = read.get(key) ?? confirmOne(account, change, deadline, options);
        read.set(key, outcome);
        return outcome;
      });
    },
    orders: orders(account),
  };
}

type Result<O = SimOutcome> = O extends SimOutcome ? Omit<O, 'provider' | 'iccid'> : never;

/** Whether it is meant or not, no order ends a subscription. */
function refused(to: SettableState): ConnectivityError | null {
  if (to === 'active' || to === 'suspended') return null;
  return unsupportedError(`this vendor documents no order that makes a SIM ${to}; active and suspended can be set`);
}

function failed({ provider }: Account, iccid: Iccid, error: ConnectivityError): SimOutcome {
  return { provider, iccid, status: 'failed', error: { ...outcomeOf(error).error, provider } };
}

/** Only what the vendor says by itself makes a SIM `unchanged`; our own order history is believed when the vendor refuses a move to where it says the SIM is. */
async function order(
  account: Account,
  target: SimTarget,
  { entry, suspended }: Subscription,
  to: SettableState,
  options: WriteOptions,
): Promise<Result> {
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
  if (ref === null)
    return failed(account, iccid, inputError('pending.ref', 'is missing: it names the order to look at'));
  try {
    const entry = await awaitOrder(account, ref, deadline, options);
    const state = orderStateOf(entry.status).value;
    if (state === 'completed') return { provider, iccid, status: 'applied' };
    if (state === 'failed') {
      const message = `order ${ref} was canceled: the vendor could not carry it out, and gives no reason`;
      return failed(account, iccid, new ConnectivityError('conflict', message, { provider, operation: 'getOrder' }));
    }
    return { provider, iccid, status: 'accepted', pending: change };
  } catch (error) {
    // What became of the change is not known when it cannot be looked at.
    return { provider, iccid, status: 'unknown', error: outcomeOf(error).error };
  }
}
