import type { Adapter, ProviderFactory } from '@carrierkit/core';
import type { TelnyxClient } from './operations/index.js';
import { adapterName, createProvider } from './provider.js';
import { readSettings, type TelnyxSettings } from './settings.js';

export { operations, type TelnyxClient } from './operations/index.js';
export type { TelnyxSettings } from './settings.js';

/**
 * A Telnyx account as a provider.
 * @throws `input` when a setting is wrong, naming it
 */
export function telnyx(settings: TelnyxSettings): ProviderFactory<TelnyxClient> {
  const resolved = readSettings(settings);
  return (context) => createProvider(resolved, context);
}

/** For config files: `adapter:` and the name of this package. */
export const adapter: Adapter = {
  specVersion: 1,
  name: adapterName,
  fromConfig: (settings) => {
    const resolved = readSettings(settings);
    return (context) => createProvider(resolved, context);
  },
};
