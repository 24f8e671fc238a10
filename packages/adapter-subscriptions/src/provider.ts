import { createClient } from '@carrierkit/adapter-kit';
import { type AdapterContext, type Provider, toErrorInfo } from '@carrierkit/core';
import type { Account } from './account.js';
import { authenticator } from './auth.js';
import { capabilities } from './capabilities.js';
import { readError } from './errors.js';
import { limits } from './limits.js';
import { operationsOf, type SubscriptionsClient } from './operations/index.js';
import { memoryStore } from './orders/memory-store.js';
import { OrderBook } from './orders/order-book.js';
import { inventory } from './ports/inventory.js';
import { lifecycle } from './ports/lifecycle.js';
import { messaging } from './ports/messaging.js';
import { usage } from './ports/usage.js';
import type { ResolvedSettings } from './settings.js';
import { Whereabouts } from './subscriptions/whereabouts.js';

/** The adapter's short name, as `adapter` says it everywhere. */
export const adapterName = 'subscriptions';

/** One configured account. Makes no call. */
export function createProvider(settings: ResolvedSettings, context: AdapterContext): Provider<SubscriptionsClient> {
  const { client, timing, close } = createClient({
    context,
    settings,
    origin: 'https://api.1global.com',
    operations: operationsOf(settings),
    limits,
    readError,
    authenticator: authenticator(settings),
    privateMembers: [
      'text',
      'first_name',
      'last_name',
      'email',
      'employee_id',
      'to',
      'cc',
      'from',
      'client_id',
      'client_secret',
    ],
    correlationHeader: 'X-Correlation-ID',
    requestIdHeaders: ['x-correlation-id', 'x-request-id'],
    accept: 'application/json, application/hal+json',
  });
  const store = context.store ?? memoryStore();
  const account: Account = {
    provider: context.id,
    client,
    timing,
    settings,
    book: new OrderBook(store, context.id),
    whereabouts: new Whereabouts(),
  };
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
        await client.listAccounts({ limit: 1 }, options);
        return null;
      } catch (error) {
        return toErrorInfo(error, { provider: context.id });
      }
    },
    close,
  };
}
