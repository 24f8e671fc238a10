import type { Ability, Provider } from '@carrierkit/core';
import { expect } from 'vitest';

/** Where each ability lives on a provider: what must be there when it is declared, and must not when it is `none`. `null` = no member of its own. */
const MEMBERS: Readonly<Record<Ability, ((provider: Provider) => unknown) | null>> = {
  'inventory.list': (provider) => provider.inventory.list,
  'inventory.get': (provider) => provider.inventory.get,
  'inventory.update': (provider) => provider.inventory.update,
  'inventory.secrets': (provider) => provider.inventory.secrets,
  'inventory.batches': (provider) => provider.inventory.batches,
  'lifecycle.change': (provider) => provider.lifecycle.change,
  'lifecycle.setServices': (provider) => provider.lifecycle.setServices,
  'lifecycle.ratePlans': (provider) => provider.lifecycle.ratePlans,
  'lifecycle.orders': (provider) => provider.lifecycle.orders,
  'lifecycle.orders.list': (provider) => provider.lifecycle.orders?.list,
  'messaging.send': (provider) => provider.messaging?.send,
  'messaging.toSim': null,
  'messaging.toMsisdn': null,
  'messaging.delivery': (provider) => provider.messaging?.delivery,
  'messaging.list': (provider) => provider.messaging?.list,
  'messaging.cancel': (provider) => provider.messaging?.cancel,
  'usage.records': (provider) => provider.usage?.records,
};

export const ABILITIES = Object.keys(MEMBERS) as readonly Ability[];

export function isDeclared(provider: Provider, ability: Ability): boolean {
  return provider.capabilities.supports[ability] !== 'none';
}

/** `none` exactly when the member is absent. */
export function expectMember(provider: Provider, ability: Ability): void {
  const member = MEMBERS[ability];
  if (member === null) return;
  const declared = provider.capabilities.supports[ability];
  const present = member(provider) !== undefined;
  expect(present, `${ability} is declared ${declared} and its member is ${present ? 'present' : 'absent'}`).toBe(
    declared !== 'none',
  );
}
