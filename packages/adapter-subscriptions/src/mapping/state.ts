import { type Known, known, type SimStateName } from '@carrierkit/core';

/** `active` and `terminated` are documented; `suspended` is what a suspended one is expected to read (inferred). */
export const subscriptionStatuses: ReadonlyMap<string, SimStateName> = new Map([
  ['active', 'active'],
  ['suspended', 'suspended'],
  ['terminated', 'retired'],
]);

export function stateOf(status: string, suspendedByOwnOrder: boolean): Known<SimStateName> {
  const state = known(subscriptionStatuses, status);
  return state.value === 'active' && suspendedByOwnOrder ? { value: 'suspended', raw: status } : state;
}
