import { type ProviderId, type SimOutcome, type SimTarget, simTargetIccid } from '@carrierkit/core';
import { outcomeOf } from './outcome-of.js';

/** The same refusal for every SIM, before any call. */
export function refuseAll(provider: ProviderId, sims: readonly SimTarget[], error: unknown): readonly SimOutcome[] {
  const { status, error: info } = outcomeOf(error);
  return sims.map((sim) => ({ provider, iccid: simTargetIccid(sim), status, error: { ...info, provider } }));
}
