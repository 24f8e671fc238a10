import { type Known, known, type SimStateName, type Wanted } from '@carrierkit/core';
import type { SimEntry } from '../operations/sims.js';

/** Ids of SIM statuses: 0 Issued, 1 Activated, 2 Suspended, 3 Deleted, 4 Factory Test. */
const states: ReadonlyMap<number, SimStateName> = new Map([
  [0, 'inventory'],
  [1, 'active'],
  [2, 'suspended'],
  [3, 'retired'],
  [4, 'test'],
]);

const ids: ReadonlyMap<SimStateName, number> = new Map(Array.from(states, ([id, state]) => [state, id]));

/** The state by the id of the status; names differ between releases (`Active`, `Activated`). */
export function stateOf({ id, description }: SimEntry['status']): Known<SimStateName> {
  return known(states, id, description ?? String(id));
}

/** The vendor's id of a state, `null` for one that it does not have. */
export function statusIdOf(state: SimStateName): number | null {
  return ids.get(state) ?? null;
}

/** Distinguishes a state from the other things that a pending change may be about. */
export function isStateName(wanted: Wanted): wanted is SimStateName {
  return typeof wanted === 'string';
}
