import type { KeyValueStore, Provider } from '@carrierkit/core';
import { type BindingConstraints, Container, ContainerModule } from 'inversify';
import { buildFleet, makeProvider, storeOf } from '../build-fleet.js';
import type { FleetConfig } from '../config/fleet-config.js';
import { type LoadedConfig, loadConfig } from '../config/load-config.js';
import type { FleetOptions } from '../options.js';
import { Ports } from './ports.js';

/**
 * A module for the product's own container: `await container.loadAsync(await carrierModule(config))`. Providers are made when first asked
 * for and closed by `container.unbindAllAsync()`.
 */
export async function carrierModule(
  config: string | URL | FleetConfig | LoadedConfig,
  options: FleetOptions = {},
): Promise<ContainerModule> {
  const settings = await loadConfig(config, options);
  return new ContainerModule(({ bind }) => {
    bind(Ports.KeyValueStore).toConstantValue(storeOf(settings, options));
    for (const [id, factory] of Object.entries(settings.providers)) {
      bind(Ports.Provider)
        .toResolvedValue((store: KeyValueStore) => makeProvider(id, factory, store, options), [Ports.KeyValueStore])
        .inSingletonScope()
        .when(namedOrAll(id))
        .onDeactivation((provider) => provider.close());
    }
    bind(Ports.Fleet)
      .toResolvedValue(
        (providers: Provider[], store: KeyValueStore) => buildFleet(providers, settings, store, options),
        [{ serviceIdentifier: Ports.Provider, isMultiple: true }, Ports.KeyValueStore],
      )
      .inSingletonScope();
    bind(Ports.Runs).toResolvedValue((fleet) => fleet.runs, [Ports.Fleet]);
    bind(Ports.SimInventory)
      .toResolvedValue((fleet) => fleet.inventory, [Ports.Fleet])
      .whenDefault();
    bind(Ports.Lifecycle)
      .toResolvedValue((fleet) => fleet.lifecycle, [Ports.Fleet])
      .whenDefault();
    bind(Ports.Messaging)
      .toResolvedValue((fleet) => fleet.messaging, [Ports.Fleet])
      .whenDefault();
    bind(Ports.Usage)
      .toResolvedValue((fleet) => fleet.usage, [Ports.Fleet])
      .whenDefault();
    for (const id of Object.keys(settings.providers)) {
      bind(Ports.SimInventory)
        .toResolvedValue((fleet) => fleet.provider(id).inventory, [Ports.Fleet])
        .whenNamed(id);
      bind(Ports.Lifecycle)
        .toResolvedValue((fleet) => fleet.provider(id).lifecycle, [Ports.Fleet])
        .whenNamed(id);
      bind(Ports.Messaging)
        .toResolvedValue((fleet) => fleet.provider(id).messaging, [Ports.Fleet])
        .whenNamed(id);
      bind(Ports.Usage)
        .toResolvedValue((fleet) => fleet.provider(id).usage, [Ports.Fleet])
        .whenNamed(id);
    }
  });
}

/** A new container with nothing but the fleet in it. */
export async function createContainer(
  config: string | URL | FleetConfig | LoadedConfig,
  options: FleetOptions = {},
): Promise<Container> {
  const container = new Container({ defaultScope: 'Singleton' });
  await container.loadAsync(await carrierModule(config, options));
  return container;
}

/** `whenNamed` would hide a provider from those who ask for all. */
function namedOrAll(id: string): (constraints: BindingConstraints) => boolean {
  return ({ name }) => name === undefined || name === id;
}
