import { type Known, known, type SimStateName } from '@carrierkit/core';

// REPLACE: the vendor's words beside ours. A word that stands here in no line is `unknown`, never an error.
const states: ReadonlyMap<string, SimStateName> = new Map([
  ['in_stock', 'inventory'],
  ['enabled', 'active'],
  ['paused', 'suspended'],
  ['closed', 'retired'],
]);

/** What the vendor can be asked to set. */
const settable: ReadonlyMap<SimStateName, 'enabled' | 'paused'> = new Map([
  ['active', 'enabled'],
  ['suspended', 'paused'],
]);

export function stateOf(status: string): Known<SimStateName> {
  return known(states, status);
}

/** The vendor's word for a state that can be set, `null` for the others. */
export function settableStatus(state: SimStateName): 'enabled' | 'paused' | null {
  return settable.get(state) ?? null;
}

/** Whether any status of this vendor means this state. */
export function hasState(state: SimStateName): boolean {
  return [...states.values()].includes(state);
}
