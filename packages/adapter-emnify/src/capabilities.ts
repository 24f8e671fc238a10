import type { Capabilities, Transition, UsageSource } from '@carrierkit/core';

const billedWhileActive = 'an active SIM is billed, also while its endpoint is disabled';
const billedWhenSuspended = 'a suspended SIM is still billed to the end of the month';

const move = (from: Transition['from'], to: Transition['to'], billing: string | null): Transition => ({
  from,
  to,
  basis: 'documented',
  by: 'customer',
  reversible: (from === 'active' && to === 'suspended') || (from === 'suspended' && to === 'active'),
  billing,
});

export const transitions: Capabilities['transitions'] = {
  closed: true,
  rules: [
    move('inventory', 'active', billedWhileActive),
    move('inventory', 'test', null),
    move('test', 'active', `${billedWhileActive}; happens by itself after 100 KB or 10 SMS`),
    move('active', 'suspended', billedWhenSuspended),
    move('suspended', 'active', billedWhileActive),
    move('inventory', 'retired', null),
    move('test', 'retired', null),
    move('active', 'retired', null),
    move('suspended', 'retired', null),
  ],
};

export const usageKinds = ['data', 'sms'] as const;
/** Not documented: two days (inferred), for roaming partners tell late. */
export const settlesAfterHours = 48;

/** Both cost one call per SIM and month. Monthly figures are kept for this month and the last; older ones are summed from days. How long days are kept is not told. */
const usage = (megabyte: number): readonly UsageSource[] => {
  const common = {
    kinds: usageKinds,
    scope: 'sim',
    windowDays: 31,
    tells: { direction: true, country: false, cost: true },
    settlesAfterHours,
    unit: { name: 'MB', bytes: megabyte, basis: 'inferred' },
  } as const;
  return [
    { ...common, grain: 'day', retentionDays: null },
    { ...common, grain: 'month', retentionDays: null },
  ];
};

/** How many pages and single reads are under way at once. */
export const parallelCalls = 5;
export const pageSize = { default: 2000, max: 2500 } as const;
/** One message; longer texts would be several calls, each of which may be lost alone. */
export const textLimit = 160;

/** What an emnify account can do; `megabyte` is the setting. */
export function capabilities(settings: { readonly megabyte: number }): Capabilities {
  return {
    supports: {
      'inventory.list': 'native',
      'inventory.get': 'native',
      'inventory.update': 'none',
      'inventory.secrets': 'none',
      'inventory.batches': 'native',
      'lifecycle.change': 'native',
      'lifecycle.setServices': 'none',
      'lifecycle.ratePlans': 'none',
      'lifecycle.orders': 'none',
      'lifecycle.orders.list': 'none',
      'messaging.send': 'native',
      'messaging.toSim': 'native',
      'messaging.toMsisdn': 'emulated',
      'messaging.delivery': 'native',
      'messaging.list': 'native',
      'messaging.cancel': 'native',
      'usage.records': 'native',
    },
    pageSize,
    pushedDown: ['states', 'iccids', 'msisdn', 'imsi'],
    simsPerCall: { change: 1, send: 1 },
    parallelCalls,
    textLimit,
    idempotencyKeyHours: null,
    changesApplyAtOnce: true,
    transitions,
    usage: usage(settings.megabyte),
  };
}
