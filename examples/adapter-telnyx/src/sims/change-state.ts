import { type SimResult, writeAndSettle } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  type PendingChange,
  type SettableState,
  toInstant,
  unsupportedError,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { requiredIccid } from '../mapping/sim.js';
import { headingOf, stateOf } from '../mapping/state.js';
import type { SimCard } from '../operations/sim-cards.js';
import { readById, readSim } from './read-sim.js';
import type { WantedSim } from './wanted-sim.js';

/** Moves one SIM. It is read first: one that is there already is `unchanged`, one that is on its way there is only waited for. */
export async function changeState(
  account: Account,
  wanted: WantedSim,
  to: SettableState,
  options: WriteOptions,
): Promise<SimResult> {
  const card = await readSim(account, wanted, options);
  if (to === 'retired') return deleted(account, card, options);
  if (stateOf(card.status).value === to && headingOf(card.status) === null) return { status: 'unchanged' };
  if (headingOf(card.status) === to) return accepted(account, card, to, null);
  const { action } = await asked(account, card, to, options);
  return accepted(account, card, to, action);
}

/** `action`: the vendor's id of what it does; `null` where only the SIM's status shows that it took the request. */
interface Taken {
  readonly action: string | null;
}

/**
 * Asks for the move; the vendor makes it later. After a lost answer the SIM's actions and its status tell whether the vendor took it. Finding nothing proves
 * nothing, for the request may be under way: it is not sent again.
 */
async function asked(account: Account, card: SimCard, to: SettableState, options: WriteOptions): Promise<Taken> {
  return writeAndSettle<Taken>({
    write: async () => ({ action: await request(account, card.id, to, options) }),
    async find() {
      const action = await runningAction(account, card.id, to, options);
      if (action !== null) return { action };
      const now = await readById(account, card.id, options);
      if (now === null) return null;
      return headingOf(now.status) === to || stateOf(now.status).value === to ? { action: null } : null;
    },
    absenceProves: () => false,
  });
}

/** The id of the action that the vendor made of it. */
async function request({ client, settings }: Account, id: string, to: SettableState, options: WriteOptions) {
  switch (to) {
    case 'active':
      return (await client.EnableSimCard({ id }, options)).data.data.id;
    case 'suspended': {
      const call = settings.suspendAs === 'standby' ? client.SetSimCardStandby : client.DisableSimCard;
      return (await call({ id }, options)).data.data.id;
    }
    default:
      throw unsupportedError(`a SIM of this vendor cannot be made ${to}; it can be made active, suspended or retired`);
  }
}

/** The vendor's types of action that make a SIM so (documented); there are others, about addresses and networks. */
const types: Readonly<Partial<Record<SettableState, readonly string[]>>> = {
  active: ['enable', 'enable_standby_sim_card'],
  suspended: ['disable', 'set_standby'],
};

async function runningAction(
  { client }: Account,
  id: string,
  to: SettableState,
  options: CallOptions,
): Promise<string | null> {
  const query = { 'filter[sim_card_id]': id, 'filter[status]': 'in-progress' } as const;
  const { data } = await client.ListSimCardActions(query, options);
  return data.data.find(({ action_type }) => types[to]?.includes(action_type ?? ''))?.id ?? null;
}

/** The vendor switches the SIM off and then forgets it: `confirm` waits until it is gone. */
async function deleted(account: Account, card: SimCard, options: WriteOptions): Promise<SimResult> {
  try {
    await account.client.DeleteSimCard({ id: card.id }, options);
  } catch (error) {
    // It was there a moment ago: an earlier attempt of this call, or somebody else, has deleted it.
    if (ConnectivityError.is(error, 'not-found')) return { status: 'applied' };
    throw error;
  }
  return accepted(account, card, 'retired', null);
}

/** `ref` is the vendor's action; without one `confirm` reads the SIM. */
function accepted({ provider, timing }: Account, card: SimCard, to: SettableState, action: string | null): SimResult {
  const pending: PendingChange = {
    provider,
    iccid: requiredIccid(provider, card),
    to,
    ref: action,
    since: toInstant(timing.now()),
  };
  return { status: 'accepted', pending };
}
