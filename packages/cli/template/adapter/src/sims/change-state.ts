import {
  illegalTransition,
  plan,
  type SettableState,
  type SimTarget,
  unsupportedError,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { transitions } from '../capabilities.js';
import { settableStatus, stateOf } from '../mapping/state.js';
import { readSim } from './read-sim.js';

// REPLACE: the vendor's call. Where it only accepts a change and makes it later, end with `accepted` and let `confirm` look;
// where the call is `unsafe`, put it into `writeAndSettle` of the kit, so that a lost answer is looked for and never sent twice.
/** Moves one SIM. Its present state decides first: one that is there already is `unchanged`, a move outside the table is refused without a write. */
export async function changeState(
  account: Account,
  target: SimTarget,
  to: SettableState,
  options: WriteOptions,
): Promise<'applied' | 'unchanged'> {
  const { provider, client } = account;
  const sim = await readSim(account, target, options);
  const from = stateOf(sim.status).value;
  if (from === to) return 'unchanged';
  if (from !== 'unknown' && plan(transitions, from, to).legal === false)
    throw illegalTransition(transitions, from, to, { provider, effect: 'none' });
  const status = settableStatus(to);
  if (status === null)
    throw unsupportedError(`a SIM of this vendor cannot be made ${to}`, { provider, effect: 'none' });
  await client.setSimStatus({ sim_id: sim.id, body: { status } }, options);
  return 'applied';
}
