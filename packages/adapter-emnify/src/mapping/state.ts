import { type Known, known, type SimStateName, type Wanted } from '@carrierkit/core';
import type { SimEntry } from '../operations/sims.js';

/** SIM statuses by id, with emnify's names for them. */
export const simStatuses = [
  { id: 0, name: 'Issued', state: 'inventory' },
  { id: 1, name: 'Activated', state: 'active' },
  { id: 2, name: 'Suspended', state: 'suspended' },
  { id: 3, name: 'Deleted', state: 'retired' },
  { id: 4, name: 'Factory Test', state: 'test' },
] as const satisfies readonly { readonly id: number; readonly name: string; readonly state: SimStateName }[];

const states: ReadonlyMap<number, SimStateName> = new Map(simStatuses.map(({ id, state }) => [id, state]));

const ids: ReadonlyMap<SimStateName, number> = new Map(simStatuses.map(({ id, state }) => [state, id]));

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
