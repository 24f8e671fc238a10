import { outcomeOf } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  type Iccid,
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
import { onceEach } from '../sims/once-each.js';
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
      if (refused !== null) return sims.map((sim) => failed(account, simTargetIccid(sim), refused));
      const found = await findSims(account, unresolved.map(wantedSim), options);
      const known = new Map(unresolved.map((sim, index) => [keyOf(sim), found[index]]));
      const results = await onceEach(sims, keyOf, parallelCalls, async (sim) => {
        const result = known.get(keyOf(sim));
        if (result && 'error' in result) return outcomeOf(result.error);
        try {
          return { status: await changeState(account, result ?? wantedSim(sim), to, options) };
        } catch (error) {
          return outcomeOf(error);
        }
      });
      return sims.map((sim, index): SimOutcome => ({ provider, iccid: simTargetIccid(sim), ...results[index]! }));
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
  const message = 'retiring deletes the SIM for good at this vendor; pass irreversible: true to do that';
  return new ConnectivityError('input', `irreversible: ${message}`, {
    details: { issues: [{ path: 'irreversible', message }] },
  });
}

function failed({ provider }: Account, iccid: Iccid, error: ConnectivityError): SimOutcome {
  return { provider, iccid, status: 'failed', error: { ...outcomeOf(error).error, provider } };
}

const firstPollMs = 500;
const slowestPollMs = 10_000;

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
  if (!isStateName(to)) return failed(account, iccid, unsupportedError('emnify changes states only'));
  const wanted = wantedSim(ref === null ? iccid : { iccid, ref });
  try {
    for (let pause = firstPollMs; ; pause = Math.min(pause * 2, slowestPollMs)) {
      const { status } = await readSim(account, wanted, callOptions);
      if (stateOf(status).value === to) return { provider, iccid, status: 'applied' };
      const left = deadline - timing.now();
      if (left <= 0 || options.signal?.aborted) return { provider, iccid, status: 'accepted', pending: change };
      await timing.sleep(Math.min(pause, left), options.signal);
    }
  } catch (error) {
    const gone = ConnectivityError.is(error, 'not-found');
    if (gone && to === 'retired') return { provider, iccid, status: 'applied' };
    // What became of the change is not known when it cannot be looked at.
    return { provider, iccid, ...outcomeOf(error), ...(!gone && { status: 'unknown' }) };
  }
}
