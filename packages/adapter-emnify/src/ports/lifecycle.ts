import { lookUntil, onceEach, outcomeOf, refuseAll, type SimResult, writeEach } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  inputError,
  type Lifecycle,
  type PendingChange,
  type SettableState,
  type SimOutcome,
  type SimTarget,
  simTargetIccid,
  unsupportedError,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { canonicalIccid } from '../mapping/iccid.js';
import { isStateName, stateOf } from '../mapping/state.js';
import { changeState } from '../sims/change-state.js';
import { findSims } from '../sims/find-sims.js';
import { readSim } from '../sims/read-sim.js';
import { wantedSim } from '../sims/wanted-sim.js';

/** What a SIM's ICCID may be missing is its check digit: both spellings are one SIM. */
const keyOf = (target: SimTarget): string => {
  const iccid = simTargetIccid(target);
  return canonicalIccid(iccid) ?? iccid;
};

/** State changes within the vendor's closed table; they apply at once. `retired` deletes the SIM. */
export function lifecycle(account: Account): Lifecycle {
  const { provider } = account;
  return {
    async change({ sims, to, irreversible }, options = {}) {
      const unresolved = sims.filter((sim) => wantedSim(sim).by !== 'id');
      const refused = refusal(to, irreversible);
      if (refused !== null) return refuseAll(provider, sims, refused);
      const found = await findSims(account, unresolved.map(wantedSim), options);
      const known = new Map(unresolved.map((sim, index) => [keyOf(sim), found[index]]));
      const write = async (sim: SimTarget): Promise<SimResult> => {
        const result = known.get(keyOf(sim));
        if (result && 'error' in result) throw result.error;
        return { status: await changeState(account, result ?? wantedSim(sim), to, options) };
      };
      return writeEach(provider, sims, parallelCalls, write, keyOf);
    },
    async confirm(pending, options = {}) {
      const deadline = account.timing.now() + (options.deadlineMs ?? account.settings.deadlineMs ?? 120_000);
      return onceEach(
        pending,
        ({ iccid, to }) => `${iccid} ${JSON.stringify(to)}`,
        parallelCalls,
        (change) => confirmOne(account, change, deadline, options),
      );
    },
  };
}

function refusal(to: SettableState, irreversible: true | undefined): ConnectivityError | null {
  if (to !== 'retired' || irreversible) return null;
  return inputError(
    'irreversible',
    'retiring deletes the SIM for good at this vendor; pass irreversible: true to do that',
  );
}

/** Quicker than the kit's: only what follows a batch registration is late at all. */
const pauses = { firstPauseMs: 500, longestPauseMs: 10_000 } as const;

/** Reads until the SIM is where it should be or the deadline passes. The vendor applies changes at once, but may take its time after a batch registration. */
async function confirmOne(
  account: Account,
  change: PendingChange,
  deadline: number,
  options: CallOptions,
): Promise<SimOutcome> {
  const { provider, timing } = account;
  const { iccid, to, ref } = change;
  // The deadline is the whole wait's; one read keeps its own.
  const { deadlineMs: _, ...callOptions } = options;
  if (!isStateName(to))
    return { provider, iccid, ...outcomeOf(unsupportedError('emnify changes states only', { provider })) };
  const wanted = wantedSim(ref === null ? iccid : { iccid, ref });
  try {
    const isThere = await lookUntil(
      async () => stateOf((await readSim(account, wanted, callOptions)).status).value === to,
      (there) => there,
      { timing, deadline, signal: options.signal, ...pauses },
    );
    return { provider, iccid, ...(isThere ? { status: 'applied' } : { status: 'accepted', pending: change }) };
  } catch (error) {
    const gone = ConnectivityError.is(error, 'not-found');
    if (gone && to === 'retired') return { provider, iccid, status: 'applied' };
    // What became of the change is not known when it cannot be looked at.
    return { provider, iccid, ...outcomeOf(error), ...(!gone && { status: 'unknown' }) };
  }
}
