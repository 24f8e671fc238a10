import type { VendorRequest } from '../../framework/vendor.js';
import { ORDER_ID, SUBSCRIPTION_ID } from './ids.js';
import type { OrderRecord } from './order-store.js';
import type { Organisation } from './organisation.js';
import { phoneNumbersOf } from './phone-numbers.js';
import { subscriberOf } from './subscribers.js';

/** Suspensions and resumptions show little; orders for a SIM show what they brought once they are completed. */
export function orderOf(organisation: Organisation, request: VendorRequest, order: OrderRecord) {
  const { ids, links, switches } = organisation;
  const { type, account_id, reason } = order.request;
  const id = ids.make(ORDER_ID, order.index);
  const known = order.status === 'completed' || (order.status === 'pending' && switches.pendingOrders === 'filled');
  const isNew = type === 'activate_subscription';
  return {
    id,
    status: order.status === 'canceled' ? switches.canceledReads : order.status,
    type,
    account_id,
    subscription_id: known || !isNew ? ids.make(SUBSCRIPTION_ID, order.subscription) : null,
    ...(reason === undefined ? {} : { reason }),
    ...(order.newSim === null ? {} : { sim_profile: simProfile(organisation, order, known) }),
    ...(isNew ? activation(organisation, request, order, known) : {}),
    _links: { self: links.order(request, id) },
  };
}

function simProfile({ context }: Organisation, { request, newSim }: OrderRecord, known: boolean) {
  return { iccid: known && newSim !== null ? context.fleet.iccid(newSim) : null, ...request.sim_profile };
}

function activation(organisation: Organisation, request: VendorRequest, order: OrderRecord, known: boolean) {
  const record = organisation.subscriptions.get(order.subscription);
  return {
    phone_numbers: known ? phoneNumbersOf(organisation.context.fleet, order.subscription) : [],
    subscriber: record === undefined ? order.request.subscriber : subscriberOf(organisation, request, record),
  };
}
