import { type ProviderId, type SimOutcome, type SimTarget, simTargetIccid } from '@carrierkit/core';
import { onceEach } from './once-each.js';
import { outcomeOf } from './outcome-of.js';
import type { SimResult } from './results.js';

/** One write for each SIM, side by side; a SIM that is named twice is written to once. Outcomes in input order; throws for no single SIM. */
export async function writeEach(
  provider: ProviderId,
  sims: readonly SimTarget[],
  parallel: number,
  write: (sim: SimTarget) => Promise<SimResult>,
  /** Equal for targets that are one SIM; by its ICCID where left out. */
  keyOf: (sim: SimTarget) => string = simTargetIccid,
): Promise<readonly SimOutcome[]> {
  const results = await onceEach(sims, keyOf, parallel, (sim): Promise<SimResult> => write(sim).catch(outcomeOf));
  return sims.map((sim, index): SimOutcome => ({ provider, iccid: simTargetIccid(sim), ...results[index]! }));
}
