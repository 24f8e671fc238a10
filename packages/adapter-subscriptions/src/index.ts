import type { Adapter, ProviderFactory } from '@carrierkit/core';
import type { SubscriptionsClient } from './operations/index.js';
import { adapterName, createProvider } from './provider.js';
import { readSettings, type SubscriptionsSettings } from './settings.js';

export { operations, type SubscriptionsClient } from './operations/index.js';
export type { SubscriptionsSettings } from './settings.js';

/**
 * An account of the 1GLOBAL subscriptions and orders API as a provider.
 * @throws `input` when a setting is wrong, naming it
 */
export function subscriptions(settings: SubscriptionsSettings): ProviderFactory<SubscriptionsClient> {
  const resolved = readSettings(settings);
  return (context) => createProvider(resolved, context);
}

/** For config files: `adapter: subscriptions`. */
export const adapter: Adapter = {
  specVersion: 1,
  name: adapterName,
  fromConfig(settings) {
    const resolved = readSettings(settings);
    return (context) => createProvider(resolved, context);
  },
};
