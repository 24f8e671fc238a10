import type { Capabilities, Transition } from '@carrierkit/core';

const move = (from: Transition['from'], to: Transition['to'], reversible: boolean): Transition => ({
  from,
  to,
  // REPLACE: 'documented' where the vendor says so.
  basis: 'inferred',
  by: 'customer',
  reversible,
  billing: null,
});

// REPLACE: the vendor's own table. `closed: false` where it does not say that everything else is refused: the vendor then decides.
export const transitions: Capabilities['transitions'] = {
  closed: true,
  rules: [move('inventory', 'active', false), move('active', 'suspended', true), move('suspended', 'active', true)],
};

/** How many calls are under way at once. */
export const parallelCalls = 4;
export const pageSize = { default: 100, max: 100 } as const;

// REPLACE: declare what you add, `native` or `emulated`. `none` exactly where the member of the port is absent: the conformance suite looks.
/** What a Vendor Name account can do. */
export const capabilities: Capabilities = {
  supports: {
    'inventory.list': 'native',
    'inventory.get': 'native',
    'inventory.update': 'none',
    'inventory.secrets': 'none',
    'inventory.batches': 'none',
    'lifecycle.change': 'native',
    'lifecycle.setServices': 'none',
    'lifecycle.ratePlans': 'none',
    'lifecycle.orders': 'none',
    'lifecycle.orders.list': 'none',
    'messaging.send': 'none',
    'messaging.toSim': 'none',
    'messaging.toMsisdn': 'none',
    'messaging.delivery': 'none',
    'messaging.list': 'none',
    'messaging.cancel': 'none',
    'usage.records': 'none',
  },
  pageSize,
  pushedDown: ['iccids'],
  simsPerCall: { change: 1, send: 1 },
  parallelCalls,
  textLimit: null,
  idempotencyKeyHours: null,
  changesApplyAtOnce: true,
  transitions,
  usage: [],
};
