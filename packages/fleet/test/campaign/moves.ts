import { ConnectivityError, type Iccid, type OrderRequest } from '@carrierkit/core';
import type { Fleet } from '../../src/index.js';
import type { ControlSim, Effect } from '../support/vendors.js';
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
  /** Whether a SIM is as it was wanted, by its state or by what befell it so far; a message is nowhere to be seen but among the effects. */
  shows(sim: ControlSim, effects: readonly Effect[]): boolean;
  /** What has to be known first; no fault befalls it. */
  prepare?(fleet: Fleet): Promise<void>;
  make(fleet: Fleet): Promise<readonly Account[]>;
  /** Which effects are those of an item; left out: those that name it. */
  belongs?(effect: Effect, subject: string): boolean;
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

/** What a move is about: some SIMs of one vendor. */
interface Scene {
  readonly random: Random;
  readonly number: number;
  readonly adapter: Adapter;
  readonly subjects: readonly Iccid[];
  readonly targets: readonly { readonly iccid: Iccid; readonly provider: string }[];
}

type Kind = (scene: Scene) => Move;

/** Every write that a vendor has; state changes and messages come more often. */
const KINDS: Readonly<Record<Adapter, readonly Kind[]>> = {
  truphone: [sms, change, change, data, relabel, ratePlan],
  emnify: [sms, change, change],
  subscriptions: [sms, change, change, order, activation],
};

/** A write by chance, of any vendor and any kind. */
export function randomMove(random: Random, number: number, sims: readonly ControlSim[]): Move {
  const adapter = random.pick<Adapter>(['truphone', 'emnify', 'subscriptions']);
  const own = sims.filter((sim) => sim.adapter === adapter);
  const subjects = random.some(own, 4).map(({ iccid }) => iccid as Iccid);
  const targets = subjects.map((iccid) => ({ iccid, provider: PROVIDERS[adapter] }));
  return random.pick(KINDS[adapter])({ random, number, adapter, subjects, targets });
}

function sms({ number, adapter, subjects, targets }: Scene): Move {
  return {
    name: `${number}: SMS by ${adapter}`,
    operations: SENDS[adapter],
    shows: () => false,
    make: async ({ messaging }) => {
      const to = targets.map((sim) => ({ sim }));
      return accountsOf(subjects, await messaging.send({ to, text: `campaign ${number}` }));
    },
  };
}

function change({ random, number, adapter, subjects, targets }: Scene): Move {
  const ends = random.chance(0.05) && adapter !== 'subscriptions';
  const to = ends ? 'retired' : random.pick(['active', 'suspended'] as const);
  return {
    name: `${number}: ${to} at ${adapter}`,
    operations: CHANGES[adapter],
    shows: ({ state }) => WORDS[to].includes(state.toLowerCase()),
    make: async ({ lifecycle }) =>
      accountsOf(subjects, await lifecycle.change({ sims: targets, to, ...(ends && { irreversible: true }) })),
  };
}

function data({ random, number, subjects, targets }: Scene): Move {
  const wanted = random.pick(['enabled', 'disabled'] as const);
  return {
    name: `${number}: data ${wanted}`,
    operations: ['changeDataStatus'],
    shows: ({ services }) => services['data_service'] === (wanted === 'enabled' ? 'ACTIVE' : 'SUSPENDED'),
    make: async ({ lifecycle }) =>
      accountsOf(subjects, await lifecycle.setServices({ sims: targets, services: { data: wanted } })),
  };
}

function relabel({ number, subjects, targets }: Scene): Move {
  return {
    name: `${number}: a label`,
    operations: ['updateSimCard'],
    shows: () => false,
    make: async ({ inventory }) =>
      accountsOf(subjects, await inventory.update({ sims: targets, changes: { label: `campaign ${number}` } })),
  };
}

const SUBSCRIBE = 'updateSimCardSubscriptionV22';

function ratePlan({ random, number, subjects, targets }: Scene): Move {
  const plan = random.pick(['Global Pool 500MB', 'Pay As You Go (Europe)']);
  return {
    name: `${number}: rate plan ${plan}`,
    operations: [SUBSCRIBE],
    // To ask for the plan that a SIM has takes back what it waits for: that is another effect.
    belongs: ({ subject, detail }, iccid) => subject.includes(iccid) && planIn(detail) === plan,
    // A change to the plan that a SIM waits for already has no effect.
    shows: ({ iccid }, effects) => {
      const last = effects.findLast((effect) => effect.operationId === SUBSCRIBE && effect.subject.includes(iccid));
      return last !== undefined && planIn(last.detail) === plan;
    },
    make: async ({ lifecycle }) => accountsOf(subjects, await lifecycle.ratePlans.change({ sims: targets, plan })),
  };
}

function planIn(detail: unknown): string | undefined {
  return (detail as { readonly plan?: string }).plan;
}

/** An order about a SIM that is there. */
function order({ random, number, targets }: Scene): Move {
  const [sim] = targets as [Scene['targets'][number]];
  const type = random.pick(['suspend', 'resume', 'replace-sim'] as const);
  let account = '';
  return {
    name: `${number}: order to ${type}`,
    operations: ['createOrder'],
    shows: () => false,
    async prepare({ inventory }) {
      account = (await inventory.get(sim)).account ?? '';
    },
    async make(fleet) {
      const request = { type, account, sim, ...(type === 'replace-sim' && { delivery: { by: 'api' } }) };
      return [await placed(fleet, sim.iccid, request as OrderRequest)];
    },
  };
}

function activation({ number }: Scene): Move {
  let request: OrderRequest | undefined;
  return {
    name: `${number}: an activation`,
    operations: ['createOrder'],
    shows: () => false,
    belongs: ({ detail }) => (detail as { readonly type: string }).type === 'activate_subscription',
    async prepare({ inventory, lifecycle }) {
      const [sim] = await inventory.list({ providers: ['staff'] }).toArray({ limit: 1 });
      const [template] = await lifecycle.orders.templates({ providers: ['staff'] }).toArray({ limit: 1 });
      request = {
        provider: 'staff',
        type: 'activate',
        account: sim?.account ?? '',
        template: template?.id ?? '',
        subscriber: { firstName: 'Kim', lastName: 'Example', email: 'kim@example.com' },
        delivery: { by: 'email', to: ['kim@example.com'] },
      };
    },
    make: async (fleet) => [await placed(fleet, 'an activation', request as OrderRequest)],
  };
}

async function placed({ lifecycle }: Fleet, subject: string, request: OrderRequest): Promise<Account> {
  try {
    await lifecycle.orders.place(request);
    return { subject, status: 'accepted', message: '' };
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    const { kind, effect, message } = error;
    return { subject, status: effect === 'unknown' ? 'unknown' : 'failed', message: `${kind}: ${message}` };
  }
}

function accountsOf(subjects: readonly string[], outcomes: readonly Outcome[]): readonly Account[] {
  if (outcomes.length !== subjects.length) throw new Error(`${outcomes.length} outcomes for ${subjects.length} items`);
  return outcomes.map(({ status, error }, index) => ({
    subject: subjects[index] as string,
    status,
    message: error === undefined ? '' : `${error.kind}: ${error.message}`,
  }));
}
