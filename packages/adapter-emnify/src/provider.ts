import { createClient } from '@carrierkit/adapter-kit';
import { type AdapterContext, type Provider, toErrorInfo } from '@carrierkit/core';
import type { Account } from './account.js';
import { authenticator } from './auth.js';
import { capabilities } from './capabilities.js';
import { readError } from './errors.js';
import { limits } from './limits.js';
import { type EmnifyClient, operations } from './operations/index.js';
import { inventory } from './ports/inventory.js';
import { lifecycle } from './ports/lifecycle.js';
import { messaging } from './ports/messaging.js';
import { usage } from './ports/usage.js';
import type { ResolvedSettings } from './settings.js';

/** The adapter's short name, as `adapter` says it everywhere. */
export const adapterName = 'emnify';

/** One configured account. Makes no call. */
export function createProvider(settings: ResolvedSettings, context: AdapterContext): Provider<EmnifyClient> {
  const { client, timing, close } = createClient({
    context,
    settings,
    origin: 'https://cdn.emnify.net',
    operations,
    limits,
    readError,
    authenticator: authenticator(settings.applicationToken, context.id),
    privateMembers: ['payload', 'application_token', 'refresh_token', 'password', 'mfa_token', 'code'],
    requestIdHeaders: ['x-amzn-requestid', 'x-request-id'],
  });
  const account: Account = { provider: context.id, client, timing, settings };
  return {
    specVersion: 1,
    id: context.id,
    adapter: adapterName,
    capabilities: capabilities(settings),
    inventory: inventory(account),
    lifecycle: lifecycle(account),
    messaging: messaging(account),
    usage: usage(account),
    client,
    async check(options = {}) {
      try {
        await client.listSimStatuses({}, options);
        return null;
      } catch (error) {
        return toErrorInfo(error, { provider: context.id });
      }
    },
    close,
  };
}
