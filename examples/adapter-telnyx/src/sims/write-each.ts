import { mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import { type SimOutcome, type SimTarget, simTargetIccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { type WantedSim, wantedSim } from './wanted-sim.js';

/** What a write of one SIM ends as. */
export type WriteResult =
  | { readonly status: 'applied' | 'unchanged' }
  | Omit<Extract<SimOutcome, { readonly status: 'accepted' }>, 'provider' | 'iccid'>
  | ReturnType<typeof outcomeOf>;

/** One write for each SIM, side by side; a SIM that is named twice is written to once. Outcomes in input order; throws for no single SIM. */
export async function writeEach(
  { provider }: Account,
  sims: readonly SimTarget[],
  write: (wanted: WantedSim) => Promise<WriteResult>,
): Promise<readonly SimOutcome[]> {
  const started = new Map<string, Promise<WriteResult>>();
  return mapConcurrent(sims, parallelCalls, async (sim): Promise<SimOutcome> => {
    const iccid = simTargetIccid(sim);
    const result = started.get(iccid) ?? write(wantedSim(sim)).catch(outcomeOf);
    started.set(iccid, result);
    return { provider, iccid, ...(await result) };
  });
}
