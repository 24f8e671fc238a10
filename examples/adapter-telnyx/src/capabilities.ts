import type { Capabilities, Transition, UsageSource } from '@carrierkit/core';

const fullFee = 'an enabled SIM costs the full monthly fee';
const holdingFee = 'a disabled or standby SIM costs a reduced monthly fee';

const move = (
  from: Transition['from'],
  to: Transition['to'],
  billing: string | null,
  basis: Transition['basis'] = 'documented',
): Transition => ({
  from,
  to,
  basis,
  by: 'customer',
  reversible: (from === 'active' && to === 'suspended') || (from === 'suspended' && to === 'active'),
  billing,
});

const byNetwork = (from: Transition['from'], to: Transition['to']): Transition => ({
  ...move(from, to, null),
  by: 'network',
  reversible: true,
});

/**
 * The vendor's page on the life of a SIM tells what leads into each status, not that everything else is refused: the table is open, and the vendor decides.
 * That a SIM may be deleted in any status is inferred: no page names a condition.
 */
export const transitions: Capabilities['transitions'] = {
  closed: false,
  rules: [
    move('inventory', 'active', fullFee),
    move('active', 'suspended', holdingFee),
    move('suspended', 'active', fullFee),
    move('inventory', 'retired', null, 'inferred'),
    move('active', 'retired', null, 'inferred'),
    move('suspended', 'retired', null, 'inferred'),
    move('blocked', 'retired', null, 'inferred'),
    byNetwork('active', 'blocked'),
    byNetwork('blocked', 'active'),
  ],
};

/** Not documented: two days (inferred), for roaming partners tell late. */
export const settlesAfterHours = 48;
/** How many calls are under way at once: below the rate that `limits` assumes. */
export const parallelCalls = 4;
/** Of SIMs: 250 at most (documented). */
export const pageSize = { default: 250, max: 250 } as const;
/** Of detail records: 50 at most (documented). */
export const recordsPerPage = 50;

/** Sessions of the whole account. A window of a month is inferred; how long records are kept is not told. */
const usage = (megabyte: number): readonly UsageSource[] => [
  {
    kinds: ['data'],
    grain: 'event',
    scope: 'account',
    windowDays: 31,
    retentionDays: null,
    settlesAfterHours,
    tells: { direction: false, country: false, cost: true },
    unit: { name: 'MB', bytes: megabyte, basis: 'inferred' },
  },
];

/** What a Telnyx account can do; `megabyte` is the setting. */
export function capabilities(settings: { readonly megabyte: number }): Capabilities {
  return {
    supports: {
      'inventory.list': 'native',
      'inventory.get': 'native',
      'inventory.update': 'native',
      'inventory.secrets': 'native',
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
      'usage.records': 'native',
    },
    pageSize,
    // Each of our states is several of the vendor's, and its list can be asked for some of them only.
    pushedDown: ['iccids', 'msisdn', 'tags'],
    simsPerCall: { change: 1, send: 1 },
    parallelCalls,
    textLimit: null,
    idempotencyKeyHours: null,
    changesApplyAtOnce: false,
    transitions,
    usage: usage(settings.megabyte),
  };
}
