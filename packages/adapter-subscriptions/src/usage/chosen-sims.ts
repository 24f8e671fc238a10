import type { CallOptions, ConnectivityError, Iccid, SimTarget } from '@carrierkit/core';
import type { Account } from '../account.js';
import { iccidOf } from '../mapping/sim.js';
import { findSubscriptions } from '../subscriptions/find-subscriptions.js';

/** The subscriptions of these SIMs, each once, with their SIM; and why others were not found. */
export async function chosenSims(
  account: Account,
  sims: readonly SimTarget[],
  options: CallOptions,
): Promise<{ readonly iccids: ReadonlyMap<string, Iccid>; readonly failures: readonly ConnectivityError[] }> {
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
  return { iccids, failures };
}
