import { join } from 'node:path';
import { inputError, type KeyValueStore, type Provider, type ProviderFactory, type ProviderId } from '@carrierkit/core';
import { assertAbilities } from './assert-abilities.js';
import type { LoadedConfig } from './config/load-config.js';
import type { Fleet, FleetProvider } from './fleet.js';
import type { FleetOptions } from './options.js';
import type { Scope } from './ports/scope.js';
import { wholeInventory } from './ports/whole-inventory.js';
import { wholeLifecycle } from './ports/whole-lifecycle.js';
import { wholeMessaging } from './ports/whole-messaging.js';
import { wholeUsage } from './ports/whole-usage.js';
import { fleetRouter, type Router, singleRouter } from './routing/router.js';
import { storedDirectory } from './routing/sim-directory.js';
import { teamOf } from './routing/team.js';
import { createRuns } from './runs/create-runs.js';
import { fileRunStore } from './runs/store/file-run-store.js';
import { memoryRunStore } from './runs/store/memory-run-store.js';
import type { RunStore } from './runs/store/run-store.js';
import { fileStore } from './stores/file-store.js';
import { memoryStore } from './stores/memory-store.js';
import { scopedStore } from './stores/scoped-store.js';

export function storeOf({ stateDir }: Pick<LoadedConfig, 'stateDir'>, options: FleetOptions): KeyValueStore {
  return (
    options.store ??
    (stateDir === null ? memoryStore(options.clock) : fileStore(join(stateDir, 'store'), options.clock))
  );
}

function runStoreOf({ stateDir }: Pick<LoadedConfig, 'stateDir'>, options: FleetOptions): RunStore {
  return options.runStore ?? (stateDir === null ? memoryRunStore() : fileRunStore(join(stateDir, 'runs')));
}

/** Makes one provider of a fleet, with its own part of the store. */
export function makeProvider(
  id: ProviderId,
  factory: ProviderFactory,
  store: KeyValueStore,
  options: FleetOptions,
): Provider {
  const { clock, sleep, random, hooks, rates } = options;
  const provider = factory({
    id,
    store: scopedStore(store, `providers/${id}/`),
    ...(clock && { clock }),
    ...(sleep && { sleep }),
    ...(random && { random }),
    ...(hooks && { hooks }),
    ...(rates && { rates }),
  });
  if ((provider.specVersion as number) === 1) return provider;
  throw inputError(
    `providers.${id}`,
    `was made by an adapter for version ${provider.specVersion} of the provider contract; this fleet speaks version 1`,
  );
}

/** The fleet over providers that exist already. */
export function buildFleet(
  providers: readonly Provider[],
  config: Pick<LoadedConfig, 'routing' | 'stateDir'>,
  store: KeyValueStore,
  options: FleetOptions,
): Fleet {
  const team = teamOf(providers);
  const [only, ...others] = providers;
  const router =
    only && others.length === 0
      ? singleRouter(only)
      : fleetRouter(
          team,
          config.routing.iccidPrefixes,
          storedDirectory(scopedStore(store, 'directory/')),
          options.clock ?? Date.now,
        );
  const whole: Scope = { team, router, named: false };
  const named = new Map(providers.map((provider) => [provider.id, once(() => oneProvider(provider, router))]));
  const close = once(async () => {
    await router.stored();
    const closed = await Promise.allSettled(providers.map((provider) => provider.close()));
    const failed = closed.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  });
  return {
    ...portsOf(whole),
    providers,
    provider: (id) => {
      team.get(id);
      return named.get(id)!() as FleetProvider<never>;
    },
    require: (...abilities) => assertAbilities(providers, abilities),
    runs: createRuns(whole, runStoreOf(config, options), options),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function portsOf(scope: Scope) {
  return {
    inventory: wholeInventory(scope),
    lifecycle: wholeLifecycle(scope),
    messaging: wholeMessaging(scope),
    usage: wholeUsage(scope),
  };
}

function oneProvider(provider: Provider, fleet: Router): FleetProvider {
  const { id, adapter, capabilities, client } = provider;
  const scope: Scope = { team: teamOf([provider]), router: singleRouter(provider, fleet), named: true };
  return { id, adapter, capabilities, client, ...portsOf(scope) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
