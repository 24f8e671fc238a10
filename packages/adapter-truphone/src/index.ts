import type { Adapter, ProviderFactory } from '@carrierkit/core';
import type { TruphoneClient } from './operations/index.js';
import { adapterName, createProvider } from './provider.js';
import { readSettings, type TruphoneSettings } from './settings.js';

export { operations, type TruphoneClient } from './operations/index.js';
export type { TruphoneSettings } from './settings.js';

/**
 * A Truphone account as a provider.
 * @throws `input` when a setting is wrong, naming it
 */
export function truphone(settings: TruphoneSettings): ProviderFactory<TruphoneClient> {
  const resolved = readSettings(settings);
  return (context) => createProvider(resolved, context);
}

/** For config files: `adapter: truphone`. */
export const adapter: Adapter = {
  specVersion: 1,
  name: adapterName,
  fromConfig: (settings) => {
    const resolved = readSettings(settings);
    return (context) => createProvider(resolved, context);
  },
};
