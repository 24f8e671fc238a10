import type { Capabilities, Transition } from '@carrierkit/core';

/** Not documented (inferred): roaming partners tell late. */
export const settlesAfterHours = 48;
export const parallelCalls = 5;
export const pageSize = { default: 100, max: 100 } as const;
export const recipientsPerCall = 1000;
/** Characters; splitting into parts and its price are not documented. */
export const textLimit = 500;

/** Of the sibling API; inferred for this one. */
export const keyLifeHours = 24;

const byOrder = (from: Transition['from'], to: Transition['to'], basis: Transition['basis']): Transition => ({
  from,
  to,
  basis,
  by: 'customer',
  reversible: true,
  billing: null,
});

/** What an account can do. Changes are orders, which take effect when they complete; no order type ends a subscription. */
export function capabilities(settings: {
  readonly trustIdempotencyKey: boolean;
  readonly listOrders: 'own' | 'vendor';
}): Capabilities {
  return {
    supports: {
      'inventory.list': 'native',
      // The vendor has no look-up by ICCID: a bare one costs a pass over the list.
      'inventory.get': 'emulated',
      'inventory.update': 'none',
      'inventory.secrets': 'none',
      'inventory.batches': 'none',
      'lifecycle.change': 'native',
      'lifecycle.setServices': 'none',
      'lifecycle.ratePlans': 'none',
      'lifecycle.orders': 'native',
      'lifecycle.orders.list': settings.listOrders === 'vendor' ? 'undocumented' : 'emulated',
      'messaging.send': 'native',
      'messaging.toSim': 'emulated',
      'messaging.toMsisdn': 'native',
      'messaging.delivery': 'none',
      'messaging.list': 'none',
      'messaging.cancel': 'none',
      'usage.records': 'native',
    },
    pageSize,
    pushedDown: ['states'],
    simsPerCall: { change: 1, send: recipientsPerCall },
    parallelCalls,
    textLimit,
    idempotencyKeyHours: settings.trustIdempotencyKey ? keyLifeHours : null,
    changesApplyAtOnce: false,
    transitions: {
      closed: false,
      rules: [
        byOrder('active', 'suspended', 'inferred'),
        byOrder('suspended', 'active', 'documented'),
        { from: 'active', to: 'retired', basis: 'inferred', by: 'network', reversible: false, billing: null },
        { from: 'suspended', to: 'retired', basis: 'inferred', by: 'network', reversible: false, billing: null },
      ],
    },
    usage: [
      {
        kinds: ['data', 'sms', 'voice'],
        grain: 'event',
        scope: 'account',
        windowDays: 31,
        retentionDays: null,
        settlesAfterHours,
        tells: { direction: true, country: true, cost: false },
        unit: { name: 'byte', bytes: 1, basis: 'documented' },
      },
    ],
  };
}
