import { mapConcurrent, type SimFailure, simFailure } from '@carrierkit/adapter-kit';
import type { CallOptions, Iccid, SimTarget } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { requiredIccid } from '../mapping/sim.js';
import { readSim } from '../sims/read-sim.js';
import { wantedSim } from '../sims/wanted-sim.js';

/** The SIMs to ask about by the vendor's id, each once, and the ones that could not be found. Targets with a `ref` need no call. */
export async function chosenSims(
  account: Account,
  sims: readonly SimTarget[],
  options: CallOptions,
): Promise<{ readonly found: ReadonlyMap<string, Iccid>; readonly failures: readonly SimFailure[] }> {
  const found = new Map<string, Iccid>();
  const failures: SimFailure[] = [];
  const read = await mapConcurrent(sims, parallelCalls, async (sim) => {
    const wanted = wantedSim(sim);
    if (wanted.id !== null) return { id: wanted.id, iccid: wanted.iccid };
    try {
      const card = await readSim(account, wanted, options);
      return { id: card.id, iccid: requiredIccid(account.provider, card) };
    } catch (error) {
      failures.push(simFailure(error));
      return null;
    }
  });
  for (const one of read) if (one !== null) found.set(one.id, one.iccid);
  return { found, failures };
}
