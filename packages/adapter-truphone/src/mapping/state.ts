import { type Known, known, type SettableState, type SimStateName } from '@carrierkit/core';
import type { SettableWord } from '../operations/status-changes.js';

/** `PROVISION`, `PRE-TEST` and `PRE-ACTIVE` are how status answers spell them; `Pre-Active` is the portal's own. */
export const simStatuses: ReadonlyMap<string, SimStateName> = new Map([
  ['PRE_TEST', 'inventory'],
  ['PROVISION', 'inventory'],
  ['PROVISIONED', 'inventory'],
  ['TEST', 'test'],
  ['PRE_ACTIVE', 'ready'],
  ['ACTIVE', 'active'],
  ['SUSPENDED', 'suspended'],
  ['BLOCKED', 'blocked'],
  ['RETIRED', 'retired'],
  ['REMOVED', 'retired'],
]);

/** The state in whatever spelling; a word that is new to us is `unknown`. */
export function stateOf(word: string | null | undefined): Known<SimStateName> {
  const raw = word ?? '';
  return known(simStatuses, simStatuses.has(raw) ? raw : raw.trim().toUpperCase().replace(/[-\s]/g, '_'), raw);
}

/** The vendor's word for what a caller may ask for; `preActive` is the setting. */
export function wordOf(state: SettableState, preActive: 'PRE_ACTIVE' | 'PRE-ACTIVE'): SettableWord {
  switch (state) {
    case 'inventory':
      return 'PROVISIONED';
    case 'test':
      return 'TEST';
    case 'ready':
      return preActive;
    case 'active':
      return 'ACTIVE';
    case 'suspended':
      return 'SUSPENDED';
    case 'retired':
      return 'RETIRED';
  }
}

/** States that lists spell in one way only: the others cannot be filtered by at the vendor without losing SIMs. */
export const filterWords: ReadonlyMap<SimStateName, string> = new Map([
  ['test', 'TEST'],
  ['active', 'ACTIVE'],
  ['suspended', 'SUSPENDED'],
  ['blocked', 'BLOCKED'],
]);
