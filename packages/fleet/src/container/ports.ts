import type { KeyValueStore, Lifecycle, Messaging, Provider } from '@carrierkit/core';
import type { ServiceIdentifier } from 'inversify';
import type { Complete } from '../complete.js';
import type { Fleet, FleetInventory, FleetUsage } from '../fleet.js';
import type { Runs } from '../runs/runs.js';

/** By name, so that two installed copies of this package agree on it. */
function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`@carrierkit/${name}`);
}

/**
 * What the container gives. The four ports: unnamed the whole fleet, named (`{ name: 'emea' }`) one provider; both are complete, and an
 * absent ability throws `unsupported`.
 */
export const Ports: {
  readonly SimInventory: ServiceIdentifier<FleetInventory>;
  readonly Lifecycle: ServiceIdentifier<Complete<Lifecycle>>;
  readonly Messaging: ServiceIdentifier<Complete<Messaging>>;
  readonly Usage: ServiceIdentifier<FleetUsage>;
  readonly Fleet: ServiceIdentifier<Fleet>;
  readonly Runs: ServiceIdentifier<Runs>;
  /** All with `getAll`, one with its name. */
  readonly Provider: ServiceIdentifier<Provider>;
  readonly KeyValueStore: ServiceIdentifier<KeyValueStore>;
} = {
  SimInventory: token('SimInventory'),
  Lifecycle: token('Lifecycle'),
  Messaging: token('Messaging'),
  Usage: token('Usage'),
  Fleet: token('Fleet'),
  Runs: token('Runs'),
  Provider: token('Provider'),
  KeyValueStore: token('KeyValueStore'),
};
