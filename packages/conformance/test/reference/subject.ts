import {
  type Ability,
  type Capabilities,
  ConnectivityError,
  type Iccid,
  type Msisdn,
  type Provider,
  paged,
  type SimStateName,
  type Support,
  type TransitionTable,
  timeWindow,
  withCheckDigit,
} from '@carrierkit/core';
import type { KnownFleet, Setup, Subject } from '../../src/index.js';
import { checks } from '../../src/index.js';
import { fullInventoryOf, inventoryOf, WORDS } from './inventory.js';
import { fullLifecycleOf, lifecycleOf } from './lifecycle.js';
import { messagingOf, TEXT_LIMIT } from './messaging.js';
import { SOURCES, usageOf } from './usage.js';
import { Vendor } from './vendor.js';

/**
 * `full`: every ability, done at once, closed table, keys. `slow`: the same, done later, open table, no keys.
 * `bare`: only what a provider must do, and nothing known that is not needed.
 */
export type Variant = 'full' | 'slow' | 'bare';

export const SECRET = '4d2f8a1c9e';
const ALWAYS: readonly Ability[] = ['inventory.list', 'inventory.get', 'lifecycle.change'];
const TABLE: TransitionTable = {
  closed: true,
  rules: [
    {
      from: 'inventory',
      to: 'active',
      basis: 'documented',
      by: 'customer',
      reversible: false,
      billing: 'billed from now',
    },
    { from: 'active', to: 'suspended', basis: 'documented', by: 'customer', reversible: true, billing: null },
    { from: 'suspended', to: 'active', basis: 'documented', by: 'customer', reversible: true, billing: null },
    { from: 'suspended', to: 'retired', basis: 'documented', by: 'customer', reversible: false, billing: null },
    { from: 'active', to: 'blocked', basis: 'inferred', by: 'network', reversible: true, billing: null },
  ],
};

function capabilitiesOf(variant: Variant): Capabilities {
  const abilities = new Set(checks.flatMap(({ ability }) => (ability ? [ability] : [])))
    .add('messaging.toSim')
    .add('messaging.toMsisdn');
  const support = (ability: Ability): Support => (variant !== 'bare' || ALWAYS.includes(ability) ? 'native' : 'none');
  return {
    supports: Object.fromEntries(
      [...abilities].map((ability) => [ability, support(ability)]),
    ) as Capabilities['supports'],
    pageSize: { default: 50, max: 50 },
    pushedDown: ['states'],
    simsPerCall: { change: 1, send: 1 },
    parallelCalls: 1,
    textLimit: variant === 'bare' ? null : TEXT_LIMIT,
    idempotencyKeyHours: variant === 'full' ? 24 : null,
    changesApplyAtOnce: variant !== 'slow',
    transitions: { ...TABLE, closed: variant !== 'slow' },
    usage: variant === 'bare' ? [] : SOURCES,
  };
}

export function providerOf(vendor: Vendor, variant: Variant): Provider {
  const capabilities = capabilitiesOf(variant);
  const common = {
    specVersion: 1,
    id: 'ref',
    adapter: 'reference',
    capabilities,
    client: {},
    check: (options) => vendor.call(options?.signal, () => null),
    close: async () => {},
  } satisfies Partial<Provider>;
  const table = capabilities.transitions;
  if (variant === 'bare') return { ...common, inventory: inventoryOf(vendor), lifecycle: lifecycleOf(vendor, table) };
  return {
    ...common,
    inventory: fullInventoryOf(vendor),
    lifecycle: fullLifecycleOf(vendor, table),
    messaging: messagingOf(vendor),
    usage: usageOf(vendor),
  };
}

function wrongCredentials(provider: Provider): Provider {
  const refused = () =>
    new ConnectivityError('authentication', 'the vendor refused the token', { provider: 'ref', status: 401 });
  return {
    ...provider,
    check: async () => refused().toJSON(),
    inventory: { ...provider.inventory, list: () => paged(() => Promise.reject(refused())) },
  };
}

export function subjectOf(variant: Variant, vendor = new Vendor(variant === 'slow' ? 2000 : 0)): Subject {
  const provider = providerOf(vendor, variant);
  const advance = async (ms: number): Promise<void> => vendor.advance(ms);
  const fleet = variant === 'bare' ? bareFleet(vendor) : fullFleet(vendor);
  return { provider, fleet, advance, ...(variant !== 'bare' && { wrongCredentials: wrongCredentials(provider) }) };
}

export const setupOf =
  (variant: Variant): Setup =>
  async () =>
    subjectOf(variant);

const inState = (vendor: Vendor, word: string): readonly Iccid[] =>
  vendor.sims.filter((sim) => sim.word === word).map((sim) => sim.iccid);

function bareFleet(vendor: Vendor): KnownFleet {
  const states = Object.entries(WORDS).map(([word, state]): [SimStateName, readonly Iccid[]] => [
    state,
    inState(vendor, word),
  ]);
  return {
    sims: Object.fromEntries(states),
    unknownIccid: withCheckDigit('894400000000000999') as Iccid,
    movable: { sims: inState(vendor, 'ACTIVE'), to: 'suspended', back: 'active' },
  };
}

function fullFleet(vendor: Vendor): KnownFleet {
  const bare = bareFleet(vendor);
  const [first, second] = bare.movable.sims as readonly [Iccid, Iccid];
  return {
    ...bare,
    sims: { ...bare.sims, unknown: inState(vendor, 'HIBERNATED') },
    retirable: inState(vendor, 'SUSPENDED')[0] as Iccid,
    editable: { sims: [first], changes: { label: 'renamed', tags: ['south'], attributes: { site: 'plant-9' } } },
    switchable: { sims: [first], service: 'data' },
    ratePlan: { sims: [first], plan: 'plan-roam' },
    batches: { registrable: 'BATCH-NEW', registered: 'BATCH-OLD', unknown: 'BATCH-NONE', foreign: 'BATCH-FOREIGN' },
    orders: {
      requests: [
        {
          type: 'activate',
          account: 'account-1',
          template: 'template-2',
          subscriber: { firstName: 'Test', lastName: 'Person', email: 'test@example.com' },
          delivery: { by: 'api' },
        },
        { type: 'suspend', account: 'account-1', sim: first },
      ],
      unknownId: 'order-none',
    },
    messages: {
      sims: [first, second],
      msisdns: vendor.sims.slice(0, 2).map(({ msisdn }) => msisdn as Msisdn),
      text: 'ping',
    },
    usage: {
      window: timeWindow('2026-10-01T00:00:00Z', '2026-10-05T00:00:00Z'),
      truth: [
        { kind: 'data', bytes: 2 * 4 * 10_240 },
        { kind: 'sms', messages: 8 },
      ],
    },
    secrets: async () => [SECRET, ...vendor.sims.map(({ pin }) => `"${pin}"`)],
    vendor: {
      effects: async () => vendor.effects,
      calls: async () => {
        await new Promise(setImmediate);
        return vendor.calls;
      },
      lostReply: async (ability) => vendor.lose(ability),
      failNext: async (ability, status) => vendor.fail(ability, status),
    },
  };
}
