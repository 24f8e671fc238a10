import { mapConcurrent } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError, type ErrorKind, type Iccid, type SimTarget } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { requiredIccid } from '../mapping/sim.js';
import { readSim } from '../sims/read-sim.js';
import { wantedSim } from '../sims/wanted-sim.js';

/** What may be wrong with one SIM alone; anything else would meet the next one too. */
const ofOneSim: ReadonlySet<ErrorKind> = new Set(['not-found', 'conflict', 'contract', 'input']);

/** The SIMs to ask about by the vendor's id, each once, and the ones that could not be found. Targets with a `ref` need no call. */
export async function chosenSims(
  account: Account,
  sims: readonly SimTarget[],
  options: CallOptions,
): Promise<{ readonly found: ReadonlyMap<string, Iccid>; readonly failures: readonly ConnectivityError[] }> {
  const found = new Map<string, Iccid>();
  const failures: ConnectivityError[] = [];
  const read = await mapConcurrent(sims, parallelCalls, async (sim) => {
    const wanted = wantedSim(sim);
    if (wanted.id !== null) return { id: wanted.id, iccid: wanted.iccid };
    try {
      const card = await readSim(account, wanted, options);
      return { id: card.id, iccid: requiredIccid(account.provider, card) };
    } catch (error) {
      if (!ConnectivityError.is(error) || !ofOneSim.has(error.kind)) throw error;
      return error;
    }
  });
  for (const one of read) {
    if (ConnectivityError.is(one)) failures.push(one);
    else found.set(one.id, one.iccid);
  }
  return { found, failures };
}
