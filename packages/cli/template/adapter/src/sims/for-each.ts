import { mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import { type SimOutcome, type SimTarget, simTargetIccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';

type Result = { readonly status: 'applied' | 'unchanged' } | ReturnType<typeof outcomeOf>;

/** One write for each SIM, side by side; a SIM that is named twice is written to once. Outcomes in input order; throws for no single SIM. */
export async function forEach(
  { provider }: Account,
  sims: readonly SimTarget[],
  write: (sim: SimTarget) => Promise<'applied' | 'unchanged'>,
): Promise<readonly SimOutcome[]> {
  const started = new Map<string, Promise<Result>>();
  return mapConcurrent(sims, parallelCalls, async (sim): Promise<SimOutcome> => {
    const iccid = simTargetIccid(sim);
    const result = started.get(iccid) ?? write(sim).then((status): Result => ({ status }), outcomeOf);
    started.set(iccid, result);
    return { provider, iccid, ...(await result) };
  });
}
