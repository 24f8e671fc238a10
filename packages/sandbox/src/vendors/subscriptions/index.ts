import type { Answer } from '../../framework/answer.js';
import type { Vendor, VendorContext, VendorModule, VendorRequest } from '../../framework/vendor.js';
import { accountHandlers, orderableAccounts } from './accounts.js';
import { failure, invalidRequest, notFound } from './answers.js';
import { CALLS_PER_MINUTE, CLIENT, createAuth, TOKEN_LIFE_SECONDS } from './auth.js';
import { TEMPLATE_COUNT } from './catalogue.js';
import { createIdempotency } from './idempotency.js';
import { createIds, TEMPLATE_ID } from './ids.js';
import { createLinks } from './links.js';
import { authorisedSenders, messageHandlers } from './messages.js';
import { createOrders } from './orders.js';
import type { Organisation } from './organisation.js';
import { productHandlers } from './products.js';
import { findSim, patchSim, simsOf } from './sims.js';
import { subscriberHandlers } from './subscribers.js';
import { createSubscriptionStore, initialState } from './subscription-store.js';
import { subscriptionHandlers } from './subscriptions.js';
import { DEFAULT_SWITCHES, type SubscriptionsSwitches } from './switches.js';
import { templateHandlers } from './templates.js';
import { toldUsage, usageHandlers } from './usage.js';

/** The subscriptions and orders API. */
export const subscriptions: VendorModule<SubscriptionsSwitches> = {
  name: 'subscriptions',
  usage: { bytesMultiple: 1, voice: true, traffic: (index) => initialState(index) === 'active' },
  create: createSubscriptions,
};

export type { SubscriptionsSwitches } from './switches.js';

function createSubscriptions(context: VendorContext<SubscriptionsSwitches>): Vendor {
  const organisation: Organisation = {
    context,
    switches: { ...DEFAULT_SWITCHES, ...context.switches },
    ids: createIds(context),
    links: createLinks({ ...DEFAULT_SWITCHES, ...context.switches }),
    subscriptions: createSubscriptionStore(context),
  };
  const auth = createAuth(context);
  const once = createIdempotency(organisation);
  const orders = createOrders(organisation);
  const { sendMessage } = messageHandlers(organisation);
  return {
    handlers: {
      requestAccessToken: auth.issue,
      ...accountHandlers(organisation),
      sendMessage: once(sendMessage),
      createOrder: once(orders.handlers.createOrder),
      getOrder: orders.handlers.getOrder,
      ...templateHandlers(organisation),
      ...productHandlers(organisation),
      ...subscriberHandlers(organisation),
      ...subscriptionHandlers(organisation),
      ...usageHandlers(organisation),
    },
    admit: auth.admit,
    invalid: invalidRequest,
    unmatched: (request, allowed) =>
      organisation.switches.listOrders && isOrderListing(request) ? orders.list(request) : nowhere(allowed),
    badToken: auth.rejected,
    sims: () => simsOf(organisation),
    findSim: (iccid) => findSim(organisation, iccid),
    patchSim: (iccid, change) => patchSim(organisation, iccid, change),
    told: (index, day) => toldUsage(organisation, index, day),
    info: () => ({
      credentials: { ...CLIENT },
      limits: { callsPerMinuteAndResource: CALLS_PER_MINUTE, tokenLifeSeconds: TOKEN_LIFE_SECONDS },
      accounts: orderableAccounts(organisation),
      templates: Array.from({ length: TEMPLATE_COUNT }, (_none, index) => organisation.ids.make(TEMPLATE_ID, index)),
      senders: authorisedSenders(organisation),
    }),
  };
}

function isOrderListing({ method, template }: VendorRequest): boolean {
  return method === 'GET' && template === '/enterprise/orders';
}

function nowhere(allowed: readonly string[]): Answer {
  if (allowed.length === 0) return notFound('path');
  const answer = failure(405, 'INVALID_HTTP_MESSAGE', 'method not allowed');
  return { ...answer, headers: { ...answer.headers, Allow: allowed.join(', ') } };
}
