import type { Answer } from '../../framework/answer.js';
import { conflict, forbidden, notFound, unprocessable } from './answers.js';
import { ACCOUNTS } from './catalogue.js';
import { ACCOUNT_ID } from './ids.js';
import type { OrderRecord, OrderRequest, OrderType } from './order-store.js';
import type { Organisation } from './organisation.js';
import type { SubscriptionRecord } from './subscription-store.js';
import { subscriptionById } from './subscriptions.js';
import { templateIndex } from './templates.js';

/** States in which a subscription can be changed so. Inferred; nothing is published. */
const ALLOWED: Readonly<Record<Exclude<OrderType, 'activate_subscription'>, readonly string[]>> = {
  change_sim_profile: ['active', 'suspended'],
  suspend_subscription: ['active'],
  resume_subscription: ['suspended'],
};

export function isAllowed(type: OrderType, state: string): boolean {
  return type === 'activate_subscription' || ALLOWED[type].includes(state);
}

export type AcceptedOrder = Omit<OrderRecord, 'index'>;

/** An order that can be begun, or the refusal. */
export function acceptOrder(organisation: Organisation, request: OrderRequest): AcceptedOrder | { refusal: Answer } {
  const account = organisation.ids.index(ACCOUNT_ID, request.account_id);
  if (account === undefined || account >= ACCOUNTS.length) return { refusal: forbidden('account_id is not yours') };
  return request.type === 'activate_subscription'
    ? acceptActivation(organisation, request, account)
    : acceptChange(organisation, request, account);
}

function acceptActivation(organisation: Organisation, request: OrderRequest, account: number) {
  const template = request.template_id === undefined ? 0 : templateIndex(organisation, request.template_id);
  if (template === undefined) return { refusal: unprocessable('template_id names no order template') };
  const index = organisation.subscriptions.takeIndex();
  return { request, account, template, subscription: index, newSim: index, status: 'pending' as const };
}

function acceptChange(organisation: Organisation, request: OrderRequest, account: number) {
  const record = subscriptionById(organisation, request.subscription_id ?? '');
  if (record === undefined) return { refusal: notFound('subscription') };
  const refusal = refusalOf(request, record, account);
  if (refusal !== undefined) return { refusal };
  const { index: subscription, template } = record;
  const newSim = request.type === 'change_sim_profile' ? organisation.subscriptions.takeIndex() : null;
  return { request, account, template, subscription, newSim, status: 'pending' as const };
}

function refusalOf(request: OrderRequest, record: SubscriptionRecord, account: number): Answer | undefined {
  if (record.account !== account) return unprocessable('subscription_id belongs to another account_id');
  if (isAllowed(request.type, record.state)) return undefined;
  return conflict(`${request.type} is not possible while the subscription is ${record.state}`);
}
