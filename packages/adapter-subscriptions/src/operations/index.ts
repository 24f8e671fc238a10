import type { Client } from '@carrierkit/adapter-kit';
import { getAccount, listAccounts } from './accounts.js';
import { getProduct, getSubscriber, listProducts, listSubscribers } from './catalogue.js';
import { sendMessage } from './messages.js';
import { createOrder, getOrder, getOrderTemplate, listOrders, listOrderTemplates } from './orders.js';
import {
  getSubscription,
  getSubscriptionSimProfile,
  listSubscriptionPhoneNumbers,
  listSubscriptionServices,
  listSubscriptions,
} from './subscriptions.js';
import { requestAccessToken } from './token.js';
import { listUsageItems } from './usage.js';

/** Every operation of the vendor's description, by its operationId. */
export const operations = {
  requestAccessToken,
  listAccounts,
  getAccount,
  sendMessage,
  createOrder,
  getOrder,
  listOrderTemplates,
  getOrderTemplate,
  listProducts,
  getProduct,
  listSubscribers,
  getSubscriber,
  listSubscriptions,
  getSubscription,
  listSubscriptionPhoneNumbers,
  getSubscriptionSimProfile,
  listSubscriptionServices,
  listUsageItems,
};

/** The vendor's operations as typed calls. */
export type SubscriptionsClient = Client<typeof operations>;

const all = { ...operations, listOrders };
/** With the undocumented listing of orders, for the orders port. */
export type InnerClient = Client<typeof all>;

/** The declarations as one account uses them: with a trusted key the two POSTs may be repeated while the key lives. */
export function operationsOf(settings: { readonly trustIdempotencyKey: boolean }): typeof all {
  if (!settings.trustIdempotencyKey) return all;
  return {
    ...all,
    createOrder: { ...createOrder, repeat: 'keyed' },
    sendMessage: { ...sendMessage, repeat: 'keyed' },
  };
}
