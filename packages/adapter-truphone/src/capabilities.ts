import type { Capabilities, Transition, UsageSource } from '@carrierkit/core';
import type { ResolvedSettings } from './settings.js';

const move = (
  from: Transition['from'],
  to: Transition['to'],
  basis: Transition['basis'],
  billing: string | null = null,
): Transition => ({
  from,
  to,
  basis,
  by: 'customer',
  reversible: (from === 'active' && to === 'suspended') || (from === 'suspended' && to === 'active'),
  billing,
});

const testEnds = 'the SIM becomes active by itself when its test allowance or time is spent';
const activatesItself = 'the SIM becomes active by itself when a network first detects it';

/** The vendor publishes no table; the platform's guide states the documented moves, the others are concluded. Open: the vendor decides. */
export const transitions: Capabilities['transitions'] = {
  closed: false,
  rules: [
    move('inventory', 'test', 'inferred', testEnds),
    move('inventory', 'ready', 'inferred', activatesItself),
    move('inventory', 'active', 'inferred'),
    move('inventory', 'retired', 'inferred'),
    move('test', 'active', 'inferred'),
    move('test', 'suspended', 'inferred'),
    move('test', 'retired', 'inferred'),
    move('ready', 'active', 'inferred'),
    move('ready', 'suspended', 'inferred'),
    move('ready', 'retired', 'inferred'),
    move('active', 'suspended', 'documented'),
    move('active', 'retired', 'documented'),
    move('suspended', 'active', 'documented'),
    move('suspended', 'retired', 'documented'),
  ],
};

/** How many calls are under way at once. */
export const parallelCalls = 10;
export const pageSize = { default: 500, max: 500 } as const;
/** Reports by day span six months at most, whichever months these are. */
export const reportDays = 180;
/** Not documented: two days (inferred), for roaming partners tell late. */
export const settlesAfterHours = 48;

/** The report has one row for each SIM and day; call detail records are kept for three months. */
function usage({ kilobyte, smsUsage }: Pick<ResolvedSettings, 'kilobyte' | 'smsUsage'>): readonly UsageSource[] {
  const report = {
    grain: 'day',
    scope: 'account',
    windowDays: reportDays,
    retentionDays: null,
    settlesAfterHours,
    tells: { direction: false, country: false, cost: false },
  } as const;
  return [
    { ...report, kinds: ['data'], unit: { name: 'KB', bytes: kilobyte, basis: 'inferred' } },
    smsUsage === 'report'
      ? { ...report, kinds: ['sms'], unit: null }
      : {
          kinds: ['sms'],
          grain: 'event',
          scope: 'sim',
          windowDays: 31,
          retentionDays: 89,
          settlesAfterHours,
          tells: { direction: true, country: true, cost: false },
          unit: null,
        },
  ];
}

/** What a Truphone account can do. */
export function capabilities(settings: ResolvedSettings): Capabilities {
  const { simsPerCall } = settings;
  return {
    supports: {
      'inventory.list': 'native',
      'inventory.get': 'native',
      'inventory.update': 'native',
      'inventory.secrets': 'native',
      'inventory.batches': 'none',
      'lifecycle.change': 'native',
      'lifecycle.setServices': 'native',
      'lifecycle.ratePlans': 'native',
      'lifecycle.orders': 'none',
      'lifecycle.orders.list': 'none',
      'messaging.send': 'native',
      'messaging.toSim': 'native',
      'messaging.toMsisdn': 'emulated',
      'messaging.delivery': 'native',
      'messaging.list': 'native',
      'messaging.cancel': 'none',
      'usage.records': 'native',
    },
    pageSize,
    pushedDown: ['states', 'iccids', 'msisdn', 'imsi', 'label', 'account', 'tags', 'attributes'],
    simsPerCall: { change: simsPerCall, send: simsPerCall },
    parallelCalls,
    textLimit: null,
    idempotencyKeyHours: 24,
    changesApplyAtOnce: false,
    transitions,
    usage: usage(settings),
  };
}
