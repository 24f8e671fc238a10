import { writeAndSettle } from '@carrierkit/adapter-kit';
import {
  ConnectivityError,
  illegalTransition,
  plan,
  type SettableState,
  type SimStateName,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { transitions } from '../capabilities.js';
import { requiredIccid } from '../mapping/iccid.js';
import { stateOf, statusIdOf } from '../mapping/state.js';
import type { SimEntry } from '../operations/sims.js';
import { readById, readSim } from './read-sim.js';
import type { WantedSim } from './wanted-sim.js';

/** A SIM read in this call of the port, and when (epoch ms). */
interface SimRead {
  readonly sim: SimEntry;
  readonly readAt: number;
}

/** What was read longer ago may be overtaken: nothing is refused or called unchanged on it. */
const freshMs = 2000;

/**
 * Moves one SIM. Its present state decides first: a SIM that is there already is `unchanged`, a move outside the table is refused without a write.
 * A lost answer is settled by reading: changes apply at once, so the old state proves that nothing happened, and the write goes out again.
 */
export async function changeState(
  account: Account,
  target: WantedSim | SimRead,
  to: SettableState,
  options: WriteOptions,
): Promise<'applied' | 'unchanged'> {
  const isRead = 'sim' in target;
  const sim = isRead ? target.sim : await readSim(account, target, options);
  const verdict = judge(account, sim, to);
  if (verdict === null) return move(account, sim, to, options);
  if (isRead && account.timing.now() - target.readAt > freshMs) {
    const wanted = { by: 'id', id: String(sim.id), iccid: requiredIccid(account.provider, sim) } as const;
    return changeState(account, wanted, to, options);
  }
  if (verdict === 'unchanged') return 'unchanged';
  throw verdict;
}

/** `null`: the move may be tried. A status that is new to us is left to the vendor to judge. */
function judge({ provider }: Account, sim: SimEntry, to: SettableState): 'unchanged' | ConnectivityError | null {
  const from = stateOf(sim.status).value;
  if (from === to) return 'unchanged';
  if (from !== 'unknown' && plan(transitions, from, to).legal === false)
    return illegalTransition(transitions, from, to, { provider });
  if (to !== 'retired' || !sim.endpoint) return null;
  const message = `SIM ${sim.id} is assigned to endpoint ${sim.endpoint.id}, and only a released SIM can be deleted: suspend it (updateSim, status 2), disable the endpoint (updateEndpoint, status 1), release the SIM (updateEndpoint, sim { id: null }), then retire it`;
  return new ConnectivityError('conflict', message, { provider });
}

async function move(
  account: Account,
  sim: SimEntry,
  to: SettableState,
  options: WriteOptions,
): Promise<'applied' | 'unchanged'> {
  const { provider, client } = account;
  const from = stateOf(sim.status).value;
  let seen: SimStateName | 'unknown' = from;
  let lost = false;
  const look = async (): Promise<boolean> => {
    const now = await readById(account, sim.id, options);
    // A SIM that cannot be read any more has been deleted, if that is what we asked for.
    if (now === null && to !== 'retired') return false;
    seen = now === null ? 'retired' : stateOf(now.status).value;
    return seen === to;
  };
  try {
    return await writeAndSettle({
      async write() {
        if (to === 'retired') await client.deleteSim({ sim_id: sim.id }, options);
        else await client.updateSim({ sim_id: sim.id, body: { status: { id: statusIdOf(to)! } } }, options);
        return 'applied' as const;
      },
      async find() {
        lost = true;
        return (await look()) ? ('applied' as const) : null;
      },
      absenceProves: () => seen === from,
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Somebody else may have moved it meanwhile, or the write that was sent again found the first one done.
    if (await look()) return lost ? 'applied' : 'unchanged';
    if (seen === from || seen === 'unknown' || plan(transitions, seen, to).legal !== false) throw error;
    throw illegalTransition(transitions, seen, to, { provider });
  }
}

function isRefusal(error: unknown): error is ConnectivityError {
  if (!ConnectivityError.is(error) || error.effect !== 'none' || error.status === null) return false;
  return error.kind === 'conflict' || error.kind === 'input';
}
