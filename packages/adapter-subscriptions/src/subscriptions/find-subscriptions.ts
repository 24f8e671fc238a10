import { mapConcurrent } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  type Iccid,
  type ProviderId,
  type SimTarget,
  sameIccid,
  simTargetIccid,
  spellingsOf,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { iccidOf } from '../mapping/sim.js';
import { type Subscription, subscriptionReader } from './read-subscriptions.js';
import { everything, subscriptionPages } from './subscription-pages.js';

/** A subscription, or why it was not found. */
export type Found = Subscription | { readonly error: ConnectivityError };

/**
 * The subscriptions that own these SIMs, in the order asked. Targets with a `ref` cost one call each. The vendor cannot be asked for an ICCID: the others are read where they were
 * seen last, or, if they are many or unknown, together found by one pass over the list. Throws for no single SIM.
 */
export async function findSubscriptions(
  account: Account,
  targets: readonly SimTarget[],
  options: CallOptions,
): Promise<readonly Found[]> {
  const bare = new Set(targets.flatMap((target) => (refOf(target) === undefined ? [simTargetIccid(target)] : [])));
  const byIccid = await findBare(account, bare, options);
  const byRef = new Map<string, Promise<Found>>();
  return mapConcurrent(targets, parallelCalls, (target) => {
    const ref = refOf(target);
    const iccid = simTargetIccid(target);
    if (ref === undefined) return Promise.resolve(byIccid.get(iccid) ?? { error: notFound(account.provider, iccid) });
    const key = `${ref} ${iccid}`;
    const found = byRef.get(key) ?? readByRef(account, ref, iccid, options);
    byRef.set(key, found);
    return found;
  });
}

/** Who asks for so few at a time may ask for all, one after the other. */
const FEW = 10;

async function findBare(
  account: Account,
  wanted: ReadonlySet<Iccid>,
  options: CallOptions,
): Promise<ReadonlyMap<Iccid, Found>> {
  const seen = await readWhereSeen(account, wanted, options);
  const others = new Set([...wanted].filter((iccid) => !seen.has(iccid)));
  if (others.size === 0) return seen;
  if (others.size > FEW || !account.whereabouts.isSearchedAgain())
    return new Map([...seen, ...(await passOver(account, others, options))]);
  // Who fails with the walk is told by the pass of its own.
  await account.whereabouts.walked(() => walk(account, options)).catch(() => {});
  const found = await readWhereSeen(account, others, options);
  const rest = new Set([...others].filter((iccid) => !found.has(iccid)));
  return new Map([...seen, ...found, ...(await passOver(account, rest, options))]);
}

/** To the end, for what is seen on the way is remembered. */
async function walk(account: Account, options: CallOptions): Promise<void> {
  for await (const _ of subscriptionPages(account, options).pages());
}

/** Those that are still where they were seen last; the rest has moved, or was never seen. */
async function readWhereSeen(
  account: Account,
  wanted: ReadonlySet<Iccid>,
  options: CallOptions,
): Promise<ReadonlyMap<Iccid, Found>> {
  // A pass takes a call for each page: to go to where many were takes more.
  if (wanted.size > account.whereabouts.size / pageSize.default) return new Map();
  const found = await mapConcurrent([...wanted], parallelCalls, async (iccid) => {
    const ref = account.whereabouts.of(spellingsOf(iccid));
    if (ref === undefined) return [];
    const one = await readByRef(account, ref, iccid, options);
    const hasMoved =
      'error' in one
        ? one.error.kind === 'conflict' || one.error.kind === 'not-found'
        : one.entry.status === 'terminated';
    return hasMoved ? [] : [[iccid, one] as const];
  });
  return new Map(found.flat());
}

/** @throws `not-found`, `conflict` */
export async function findSubscription(
  account: Account,
  target: SimTarget,
  options: CallOptions,
): Promise<Subscription> {
  const [found] = await findSubscriptions(account, [target], options);
  if (found === undefined || 'error' in found) throw found?.error ?? notFound(account.provider, simTargetIccid(target));
  return found;
}

function refOf(target: SimTarget): string | undefined {
  return typeof target === 'string' ? undefined : target.ref;
}

async function passOver(
  account: Account,
  wanted: ReadonlySet<Iccid>,
  options: CallOptions,
): Promise<ReadonlyMap<Iccid, Found>> {
  const found = new Map<Iccid, Found>();
  if (wanted.size === 0) return found;
  // A card that was moved to another subscription stands at both: the living one is meant.
  const better = (known: Found | undefined, { entry }: Subscription) =>
    known === undefined || 'error' in known || (known.entry.status === 'terminated' && entry.status !== 'terminated');
  const spelt = new Map([...wanted].flatMap((one) => spellingsOf(one).map((spelling) => [spelling, one] as const)));
  let living = 0;
  try {
    for await (const subscription of subscriptionPages(account, options)) {
      const { entry } = subscription;
      const iccid = iccidOf(entry);
      const one = iccid === null ? undefined : spelt.get(iccid.toUpperCase());
      if (one === undefined || !better(found.get(one), subscription)) continue;
      found.set(one, subscription);
      if (entry.status !== 'terminated' && ++living === wanted.size) break;
    }
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    for (const one of wanted) if (!found.has(one)) found.set(one, { error });
  }
  return found;
}

async function readByRef(account: Account, ref: string, iccid: Iccid, options: CallOptions): Promise<Found> {
  try {
    const { data } = await account.client.getSubscription({ id: ref, Prefer: everything }, options);
    const [subscription] = await subscriptionReader(account)([data], options);
    const now = subscription === undefined ? null : iccidOf(subscription.entry);
    if (subscription !== undefined && now !== null && sameIccid(now, iccid)) return subscription;
    const message = `subscription ${ref} does not have the SIM ${iccid} (any more); leave the ref out, or read the SIM again`;
    return { error: new ConnectivityError('conflict', message, { provider: account.provider }) };
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    return { error };
  }
}

export function notFound(provider: ProviderId, iccid: Iccid): ConnectivityError<'not-found'> {
  return new ConnectivityError('not-found', `provider '${provider}' has no subscription with the SIM ${iccid}`, {
    provider,
  });
}
