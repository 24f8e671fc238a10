import { outcomeOf } from '@carrierkit/adapter-kit';
import type { CallOptions, PendingChange, SimOutcome } from '@carrierkit/core';
import type { Account } from '../account.js';
import { stateOf } from '../mapping/state.js';
import { readSim } from './read-sim.js';

// REPLACE: where changes take their time, read again until the deadline (`options.deadlineMs`) with `account.timing.sleep` between.
/** Looks once: changes apply at once here. */
export async function confirmChange(
  account: Account,
  pending: PendingChange,
  options: CallOptions,
): Promise<SimOutcome> {
  const { provider } = account;
  const { iccid, to } = pending;
  try {
    const { status } = await readSim(account, iccid, options);
    if (stateOf(status).value === to) return { provider, iccid, status: 'applied' };
    return { provider, iccid, status: 'accepted', pending };
  } catch (error) {
    return { provider, iccid, ...outcomeOf(error), status: 'unknown' };
  }
}
