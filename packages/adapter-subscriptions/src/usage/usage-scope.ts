import { type CallOptions, type ConnectivityError, type Iccid, type SimTarget } from '@carrierkit/core';
import type { Account } from '../account.js';
import { iccidOf } from '../mapping/sim.js';
import { findSubscriptions } from '../subscriptions/find-subscriptions.js';
import { subscriptionPages } from '../subscriptions/subscription-pages.js';

/** Whose usage is read. */
export interface UsageScope {
  /** One question each; `null` asks once for the whole account. */
  readonly subscriptions: readonly (string | null)[];
  /** Items name their subscription, not its SIM. */
  readonly iccids: ReadonlyMap<string, Iccid>;
  /** SIMs that could not be found. */
  readonly failures: readonly ConnectivityError[];
}

/** The SIM of every subscription, read once: a question for each would cost a hundred times the calls. */
export async function wholeAccount(account: Account, options: CallOptions): Promise<UsageScope> {
  const iccids = new Map<string, Iccid>();
  for await (const { entry } of subscriptionPages(account, options)) {
    const iccid = iccidOf(entry);
    if (iccid !== null) iccids.set(entry.id, iccid);
  }
  return { subscriptions: [null], iccids, failures: [] };
}

/** The subscriptions of these SIMs, each once. */
export async function chosenSims(
  account: Account,
  sims: readonly SimTarget[],
  options: CallOptions,
): Promise<UsageScope> {
  const iccids = new Map<string, Iccid>();
  const failures: ConnectivityError[] = [];
  for (const found of await findSubscriptions(account, sims, options)) {
    if ('error' in found) {
      failures.push(found.error);
      continue;
    }
    const iccid = iccidOf(found.entry);
    if (iccid !== null) iccids.set(found.entry.id, iccid);
  }
  return { subscriptions: [...iccids.keys()], iccids, failures };
}
