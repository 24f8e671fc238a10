import type { Provider, ProviderFactory, ProviderId } from '@carrierkit/core';
import { buildFleet, makeProvider, storeOf } from './build-fleet.js';
import type { FleetConfig } from './config/fleet-config.js';
import { type LoadedConfig, loadConfig } from './config/load-config.js';
import type { Factories, Fleet } from './fleet.js';
import type { FleetOptions } from './options.js';

/** A config in code: factories in place of settings, so that `fleet.provider('emea').client` is typed. */
export type TypedConfig<P extends Readonly<Record<ProviderId, ProviderFactory>>> = Omit<FleetConfig, 'providers'> & {
  readonly providers: P;
};

/**
 * Opens a fleet. No container is needed, and nothing is asked of a vendor yet.
 * @param config a config file's path, its content as an object, factories by provider id, or what `loadConfig` gave.
 * @throws `input` naming the field and the remedy.
 */
export async function createFleet<const P extends Factories>(
  config: TypedConfig<P>,
  options?: FleetOptions,
): Promise<Fleet<P>>;
export async function createFleet(
  config: string | URL | FleetConfig | LoadedConfig,
  options?: FleetOptions,
): Promise<Fleet>;
export async function createFleet(
  config: string | URL | FleetConfig | LoadedConfig,
  options: FleetOptions = {},
): Promise<Fleet> {
  const settings = await loadConfig(config, options);
  const store = storeOf(settings, options);
  const providers: Provider[] = [];
  try {
    for (const [id, factory] of Object.entries(settings.providers))
      providers.push(makeProvider(id, factory, store, options));
  } catch (error) {
    await Promise.allSettled(providers.map((provider) => provider.close()));
    throw error;
  }
  return buildFleet(providers, settings, store, options);
}
