import type { Iccid } from '@carrierkit/core';
import type { Fleet } from '../../src/index.js';
import type { ControlSim } from '../support/vendors.js';
import type { Random } from './random.js';

/** What the library said of one item of a write. */
export interface Account {
  /** The ICCID, or for an order without one the place of the item. */
  readonly subject: string;
  readonly status: 'applied' | 'unchanged' | 'accepted' | 'failed' | 'unknown';
  readonly message: string;
}

/** One write of the campaign. */
export interface Move {
  readonly name: string;
  /** The operations at the vendor that make its effect. */
  readonly operations: readonly string[];
  readonly subjects: readonly string[];
  /** Whether a SIM is as it was wanted; a message is nowhere to be seen but among the effects. */
  shows(sim: ControlSim): boolean;
  make(fleet: Fleet): Promise<readonly Account[]>;
}

const PROVIDERS = { truphone: 'emea', emnify: 'iot', subscriptions: 'staff' } as const;
type Adapter = keyof typeof PROVIDERS;

const CHANGES: Readonly<Record<Adapter, readonly string[]>> = {
  truphone: ['changeSimCardStatus'],
  emnify: ['updateSim', 'deleteSim'],
  subscriptions: ['createOrder'],
};
const SENDS: Readonly<Record<Adapter, readonly string[]>> = {
  truphone: ['sendSms'],
  emnify: ['sendEndpointSms'],
  subscriptions: ['sendMessage'],
};

/** The vendors' words for what is asked for. */
const WORDS: Readonly<Record<'active' | 'suspended' | 'retired', readonly string[]>> = {
  active: ['active', 'activated'],
  suspended: ['suspended'],
  retired: ['retired', 'removed', 'deleted', 'terminated'],
};

interface Outcome {
  readonly status: Account['status'];
  readonly error?: { readonly kind: string; readonly message: string };
}

function accountsOf(subjects: readonly string[], outcomes: readonly Outcome[]): readonly Account[] {
  if (outcomes.length !== subjects.length) throw new Error(`${outcomes.length} outcomes for ${subjects.length} items`);
  return outcomes.map(({ status, error }, index) => ({
    subject: subjects[index] as string,
    status,
    message: error === undefined ? '' : `${error.kind}: ${error.message}`,
  }));
}

/** A write by chance, of any vendor and any kind. */
export function randomMove(random: Random, number: number, sims: readonly ControlSim[]): Move {
  const adapter = random.pick<Adapter>(['truphone', 'emnify', 'subscriptions']);
  const provider = PROVIDERS[adapter];
  const own = sims.filter((sim) => sim.adapter === adapter);
  const subjects = random.some(own, 4).map(({ iccid }) => iccid as Iccid);
  const targets = subjects.map((iccid) => ({ iccid, provider }));
  const kind = random.below(adapter === 'truphone' ? 4 : 3);
  if (kind === 0)
    return {
      name: `${number}: SMS by ${provider}`,
      operations: SENDS[adapter],
      subjects,
      shows: () => false,
      make: async (fleet) =>
        accountsOf(
          subjects,
          await fleet.messaging.send({ to: targets.map((sim) => ({ sim })), text: `campaign ${number}` }),
        ),
    };
  if (kind === 3) {
    const data = random.pick(['enabled', 'disabled'] as const);
    return {
      name: `${number}: data ${data} at ${provider}`,
      operations: ['changeDataStatus'],
      subjects,
      shows: ({ services }) => services['data_service'] === (data === 'enabled' ? 'ACTIVE' : 'SUSPENDED'),
      make: async (fleet) =>
        accountsOf(subjects, await fleet.lifecycle.setServices({ sims: targets, services: { data } })),
    };
  }
  const to =
    random.chance(0.05) && adapter !== 'subscriptions' ? 'retired' : random.pick(['active', 'suspended'] as const);
  return {
    name: `${number}: ${to} at ${provider}`,
    operations: CHANGES[adapter],
    subjects,
    shows: ({ state }) => WORDS[to].includes(state.toLowerCase()),
    make: async (fleet) =>
      accountsOf(
        subjects,
        await fleet.lifecycle.change({ sims: targets, to, ...(to === 'retired' && { irreversible: true }) }),
      ),
  };
}
