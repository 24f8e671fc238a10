import type { OrderDelivery, OrderRequest } from '@carrierkit/core';
import type { NewOrder } from '../operations/orders.js';

/** The vendor's body of an order; `subscription` is what the SIM belongs to, `null` for an activation. */
export function newOrder(request: OrderRequest, subscription: string | null): NewOrder {
  const account_id = request.account;
  const subscription_id = subscription ?? '';
  switch (request.type) {
    case 'activate': {
      const { firstName, lastName, email, employeeId, group } = request.subscriber;
      return {
        type: 'activate_subscription',
        account_id,
        template_id: request.template,
        subscriber: {
          first_name: firstName,
          last_name: lastName,
          email,
          ...(employeeId !== undefined && { employee_id: employeeId }),
          ...(group !== undefined && { group }),
        },
        sim_profile: { sim_type: 'esim', delivery: deliveryOf(request.delivery) },
      };
    }
    case 'replace-sim':
      return {
        type: 'change_sim_profile',
        account_id,
        subscription_id,
        sim_profile: { sim_type: 'esim', delivery: deliveryOf(request.delivery) },
      };
    case 'suspend':
      return {
        type: 'suspend_subscription',
        account_id,
        subscription_id,
        ...(request.reason !== undefined && { reason: request.reason }),
      };
    case 'resume':
      return { type: 'resume_subscription', account_id, subscription_id };
  }
}

function deliveryOf(delivery: OrderDelivery) {
  if (delivery.by === 'api') return { type: 'api' as const };
  const { to, cc } = delivery;
  return { type: 'email' as const, to: [...to], ...(cc !== undefined && { cc: [...cc] }) };
}
