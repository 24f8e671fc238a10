import { type SimFailure, simFailure } from '@carrierkit/adapter-kit';
import type { CallOptions, Iccid, SimTarget } from '@carrierkit/core';
import type { Account } from '../account.js';
import { iccidOf } from '../mapping/sim.js';
import { findSubscriptions } from '../subscriptions/find-subscriptions.js';

/** The subscriptions of these SIMs, each once, with their SIM; and why others were not found. @throws what is not one SIM's failure */
export async function chosenSims(
  account: Account,
  sims: readonly SimTarget[],
  options: CallOptions,
): Promise<{ readonly iccids: ReadonlyMap<string, Iccid>; readonly failures: readonly SimFailure[] }> {
  const iccids = new Map<string, Iccid>();
  const failures: SimFailure[] = [];
  for (const found of await findSubscriptions(account, sims, options)) {
    if ('error' in found) {
      failures.push(simFailure(found.error));
      continue;
    }
    const iccid = iccidOf(found.entry);
    if (iccid !== null) iccids.set(found.entry.id, iccid);
  }
  return { iccids, failures };
}
