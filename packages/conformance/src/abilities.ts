import type { Ability, Provider } from '@carrierkit/core';
import { expect } from 'vitest';

/** Has the ability a member of its own? Its name is then the way to it: `lifecycle.orders.list` is `provider.lifecycle.orders.list`. */
const OWN_MEMBER: Readonly<Record<Ability, boolean>> = {
  'inventory.list': true,
  'inventory.get': true,
  'inventory.update': true,
  'inventory.secrets': true,
  'inventory.batches': true,
  'lifecycle.change': true,
  'lifecycle.setServices': true,
  'lifecycle.ratePlans': true,
  'lifecycle.orders': true,
  'lifecycle.orders.list': true,
  'messaging.send': true,
  'messaging.toSim': false,
  'messaging.toMsisdn': false,
  'messaging.delivery': true,
  'messaging.list': true,
  'messaging.cancel': true,
  'usage.records': true,
};

export const ABILITIES = Object.keys(OWN_MEMBER) as readonly Ability[];

function memberOf(provider: Provider, ability: Ability): unknown {
  const step = (port: unknown, name: string): unknown =>
    typeof port === 'object' && port !== null ? Reflect.get(port, name) : undefined;
  return ability.split('.').reduce<unknown>(step, provider);
}

export function isDeclared(provider: Provider, ability: Ability): boolean {
  return provider.capabilities.supports[ability] !== 'none';
}

/** `none` exactly when the member is absent. */
export function expectMember(provider: Provider, ability: Ability): void {
  if (!OWN_MEMBER[ability]) return;
  const declared = provider.capabilities.supports[ability];
  const present = memberOf(provider, ability) !== undefined;
  expect(present, `${ability} is declared ${declared} and its member is ${present ? 'present' : 'absent'}`).toBe(
    declared !== 'none',
  );
}
