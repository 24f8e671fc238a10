import type { Adapter, ProviderFactory } from '@carrierkit/core';
import type { VendorNameClient } from './operations/index.js';
import { adapterName, createProvider } from './provider.js';
import { readSettings, type VendorNameSettings } from './settings.js';

export { operations, type VendorNameClient } from './operations/index.js';
export type { VendorNameSettings } from './settings.js';

/**
 * A Vendor Name account as a provider.
 * @throws `input` when a setting is wrong, naming it
 */
export function vendorName(settings: VendorNameSettings): ProviderFactory<VendorNameClient> {
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
