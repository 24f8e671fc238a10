import { isAllowed } from './order-requests.js';
import type { OrderRecord } from './order-store.js';
import type { Organisation } from './organisation.js';
import { SERVICE_TYPES } from './subscription-store.js';

/** Mail to this domain cannot be delivered: an order for it is canceled. */
export const UNDELIVERABLE_DOMAIN = '@undeliverable.example';

/** Carries the order out, or finds that it cannot be. */
export function finishOrder(organisation: Organisation, order: OrderRecord): 'completed' | 'canceled' {
  if (!canBeDone(organisation, order)) return 'canceled';
  if (order.request.type === 'activate_subscription') addSubscription(organisation, order);
  else changeSubscription(organisation, order);
  return 'completed';
}

/** The subscription may have changed since the order was accepted. */
function canBeDone({ subscriptions, switches }: Organisation, { request, subscription }: OrderRecord): boolean {
  if (switches.orders === 'cancel') return false;
  const { delivery } = request.sim_profile ?? {};
  const addresses = [...(delivery?.to ?? []), request.subscriber?.email ?? ''];
  if (addresses.some((address) => address.endsWith(UNDELIVERABLE_DOMAIN))) return false;
  return isAllowed(request.type, subscriptions.get(subscription)?.state ?? '');
}

function addSubscription({ context, subscriptions }: Organisation, order: OrderRecord): void {
  const { subscription, account, template } = order;
  const {
    first_name = '',
    last_name = '',
    email = '',
    employee_id = null,
    group = null,
  } = order.request.subscriber ?? {};
  subscriptions.add({
    index: subscription,
    state: 'active',
    sims: [subscription],
    account,
    template,
    createdAt: context.clock.now(),
    terminatedAt: null,
    services: Object.fromEntries(SERVICE_TYPES.map((type) => [type, true])),
    subscriber: { first_name, last_name, email, employee_id, group },
  });
}

function changeSubscription({ subscriptions }: Organisation, order: OrderRecord): void {
  const { subscription, newSim, request } = order;
  if (newSim !== null) {
    subscriptions.change(subscription, { sims: [...(subscriptions.get(subscription)?.sims ?? []), newSim] });
  } else {
    subscriptions.change(subscription, { state: request.type === 'resume_subscription' ? 'active' : 'suspended' });
  }
}
