import { createClient, fixedToken, Secret } from '@carrierkit/adapter-kit';
import { type AdapterContext, type Provider, toErrorInfo } from '@carrierkit/core';
import type { Account } from './account.js';
import { capabilities } from './capabilities.js';
import { readError } from './errors.js';
import { limits } from './limits.js';
import { operations, type TelnyxClient } from './operations/index.js';
import { inventory } from './ports/inventory.js';
import { lifecycle } from './ports/lifecycle.js';
import { usage } from './ports/usage.js';
import type { ResolvedSettings } from './settings.js';

/** The adapter's short name, as `adapter` says it everywhere. */
export const adapterName = 'telnyx';

/** One configured account. Makes no call. */
export function createProvider(settings: ResolvedSettings, context: AdapterContext): Provider<TelnyxClient> {
  const { client, timing, close } = createClient({
    context,
    settings,
    origin: 'https://api.telnyx.com',
    operations,
    limits,
    readError,
    authenticator: () => fixedToken('Bearer', new Secret(settings.apiKey)),
    // Tags may name customers.
    privateMembers: ['tags', 'authorized_imeis'],
    requestIdHeaders: ['x-request-id'],
  });
  const account: Account = { provider: context.id, client, timing, settings };
  return {
    specVersion: 1,
    id: context.id,
    adapter: adapterName,
    capabilities: capabilities(settings),
    inventory: inventory(account),
    lifecycle: lifecycle(account),
    usage: usage(account),
    client,
    async check(options = {}) {
      try {
        await client.GetSimCards({ 'page[size]': 1 }, options);
        return null;
      } catch (error) {
        return toErrorInfo(error, { provider: context.id });
      }
    },
    close,
  };
}
