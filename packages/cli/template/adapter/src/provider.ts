import { createClient, fixedToken, Secret } from '@carrierkit/adapter-kit';
import { type AdapterContext, type Provider, toErrorInfo } from '@carrierkit/core';
import type { Account } from './account.js';
import { capabilities } from './capabilities.js';
import { readError } from './errors.js';
import { limits } from './limits.js';
import { operations, type VendorNameClient } from './operations/index.js';
import { inventory } from './ports/inventory.js';
import { lifecycle } from './ports/lifecycle.js';
import type { ResolvedSettings } from './settings.js';

/** The adapter's short name, as `adapter` says it everywhere. */
export const adapterName = 'vendor-name';

/** One configured account. Makes no call. */
export function createProvider(settings: ResolvedSettings, context: AdapterContext): Provider<VendorNameClient> {
  const { client, timing, close } = createClient({
    context,
    settings,
    // REPLACE: where the vendor is; the only place that credentials go to.
    origin: 'https://api.vendor-name.example',
    operations,
    limits,
    readError,
    // REPLACE: `signedIn` for tokens that expire (JWT, OAuth2).
    authenticator: () => fixedToken('Bearer', new Secret(settings.apiKey)),
    // REPLACE: members of requests whose texts must not come back in an error message.
    privateMembers: [],
    requestIdHeaders: ['x-request-id'],
  });
  const account: Account = { provider: context.id, client, timing, settings };
  return {
    specVersion: 1,
    id: context.id,
    adapter: adapterName,
    capabilities,
    inventory: inventory(account),
    lifecycle: lifecycle(account),
    client,
    async check(options = {}) {
      try {
        await client.listSims({ per_page: 1 }, options);
        return null;
      } catch (error) {
        return toErrorInfo(error, { provider: context.id });
      }
    },
    close,
  };
}
