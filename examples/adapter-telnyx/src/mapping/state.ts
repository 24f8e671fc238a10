import { type Known, known, type SimStateName } from '@carrierkit/core';
import type { SimCard } from '../operations/sim-cards.js';

/**
 * The vendor's statuses (its page on the life of a SIM). A SIM that is being switched off still has service, so it is what it was; only an enabled SIM is
 * switched off. One that is being switched on may come from several states: it is on its way (inferred).
 */
const states: ReadonlyMap<string, SimStateName> = new Map([
  ['registered', 'inventory'],
  ['registering', 'provisioning'],
  ['enabling', 'provisioning'],
  ['enabled', 'active'],
  ['disabling', 'active'],
  ['setting_standby', 'active'],
  ['disabled', 'suspended'],
  ['standby', 'suspended'],
  ['data_limit_exceeded', 'blocked'],
  ['unauthorized_imei', 'blocked'],
  ['blocked', 'blocked'],
  ['abolished', 'blocked'],
]);

/** Statuses that pass by themselves, and where they lead. */
const headings: ReadonlyMap<string, SimStateName> = new Map([
  ['registering', 'active'],
  ['enabling', 'active'],
  ['disabling', 'suspended'],
  ['setting_standby', 'suspended'],
]);

export function stateOf({ value }: SimCard['status']): Known<SimStateName> {
  return known(states, value);
}

/** Where a SIM is already on its way to, `null` when it is at rest. */
export function headingOf({ value }: SimCard['status']): SimStateName | null {
  return headings.get(value) ?? null;
}

/** Whether any status of this vendor means this state. */
export function hasState(state: SimStateName): boolean {
  return [...states.values()].includes(state);
}
