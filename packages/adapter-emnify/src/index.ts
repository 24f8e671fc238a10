import type { Adapter, ProviderFactory } from '@carrierkit/core';
import type { EmnifyClient } from './operations/index.js';
import { adapterName, createProvider } from './provider.js';
import { type EmnifySettings, readSettings } from './settings.js';

export { type EmnifyClient, operations } from './operations/index.js';
export type { EmnifySettings } from './settings.js';

/**
 * An emnify account as a provider.
 * @throws `input` when a setting is wrong, naming it
 */
export function emnify(settings: EmnifySettings): ProviderFactory<EmnifyClient> {
  const resolved = readSettings(settings);
  return (context) => createProvider(resolved, context);
}

/** For config files: `adapter: emnify`. */
export const adapter: Adapter = {
  specVersion: 1,
  name: adapterName,
  fromConfig: (settings) => {
    const resolved = readSettings(settings);
    return (context) => createProvider(resolved, context);
  },
};
