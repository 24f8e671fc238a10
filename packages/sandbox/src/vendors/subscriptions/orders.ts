import { type Answer, json } from '../../framework/answer.js';
import type { EffectHandle } from '../../framework/effects.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { notFound } from './answers.js';
import { ORDER_ID, SUBSCRIPTION_ID } from './ids.js';
import { finishOrder } from './order-outcome.js';
import { acceptOrder } from './order-requests.js';
import { orderOf } from './order-resource.js';
import type { OrderRecord, OrderRequest } from './order-store.js';
import type { Organisation } from './organisation.js';
import { halPage, listed, pageOf } from './paging.js';
import { simOf } from './subscription-store.js';

export interface Orders {
  readonly handlers: Readonly<Record<'createOrder' | 'getOrder', Handler>>;
  /** `GET /orders`, which the vendor does not document. */
  list(request: VendorRequest): Answer;
}

export function createOrders(organisation: Organisation): Orders {
  const { context, ids } = organisation;
  const orders: OrderRecord[] = [];
  const positionOf = (id: string): number | undefined => {
    const index = ids.index(ORDER_ID, id);
    return index !== undefined && index < orders.length ? index : undefined;
  };
  const all = listed(
    (from) => orders.slice(from),
    ({ index }) => ids.make(ORDER_ID, index),
    positionOf,
  );
  const settleLater = (order: OrderRecord, effect: EffectHandle): void =>
    context.clock.after(context.delays.order, () => {
      order.status = finishOrder(organisation, order);
      if (order.status === 'completed') effect.done();
      else effect.failed();
    });

  return {
    handlers: {
      createOrder: (request) => {
        const accepted = acceptOrder(organisation, request.body as OrderRequest);
        if ('refusal' in accepted) return accepted.refusal;
        const order: OrderRecord = { ...accepted, index: orders.length };
        orders.push(order);
        settleLater(order, recordEffect(organisation, request, order));
        return json(201, orderOf(organisation, request, order));
      },
      getOrder: (request) => {
        const order = orders[positionOf(request.params['id'] ?? '') ?? -1];
        return order === undefined ? notFound('order') : json(200, orderOf(organisation, request, order));
      },
    },
    list: (request) =>
      pageOf(organisation, request, all, ({ items, links }) =>
        halPage(
          organisation,
          'orders',
          items.map((order) => orderOf(organisation, request, order)),
          links,
        ),
      ),
  };
}

/** An activation concerns no SIM yet, so the order stands for it. */
function recordEffect({ context, ids, subscriptions }: Organisation, request: VendorRequest, order: OrderRecord) {
  const id = ids.make(ORDER_ID, order.index);
  const record = subscriptions.get(order.subscription);
  return request.effect({
    subject: [record === undefined ? id : context.fleet.iccid(simOf(record))],
    detail: {
      order: id,
      type: order.request.type,
      account: order.request.account_id,
      subscription: ids.make(SUBSCRIPTION_ID, order.subscription),
    },
    state: 'pending',
  });
}
