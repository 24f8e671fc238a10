import {
  type ErrorInfo,
  inputError,
  type Order,
  type OrderOutcome,
  type OrderRequest,
  type Provider,
  type ProviderId,
  sameIccid,
  spellingsOf,
  toErrorInfo,
  toInstant,
} from '@carrierkit/core';
import type { Scope } from '../../ports/scope.js';
import { routeOrder } from '../../ports/whole-orders.js';
import { partsOf } from '../../routing/router.js';
import { statusOf } from '../../routing/spread.js';
import { unsupported } from '../../routing/team.js';
import { cutOff, gaveUp } from '../run-errors.js';
import { checkTarget } from './check-target.js';
import type { Work } from './work.js';

const TYPES: readonly OrderRequest['type'][] = ['activate', 'replace-sim', 'suspend', 'resume'];

export function orderWork(scope: Scope): Work<OrderRequest> {
  return {
    keyed: true,
    check: checkOrder,
    namesOf(order) {
      if (order.type === 'activate') return [JSON.stringify(order)];
      return spellingsOf(partsOf(order.sim).iccid).map((iccid) => `${order.type} ${iccid}`);
    },
    async route(order, options) {
      const provider = await routeOrder(scope, order, options);
      if (!provider.lifecycle.orders) throw unsupported('lifecycle.orders', [provider.id]);
      return provider;
    },
    sizeAt: () => 1,
    async call(provider, orders, options) {
      const { orders: port } = provider.lifecycle;
      const outcomes: OrderOutcome[] = [];
      for (const order of orders) {
        try {
          if (!port) throw unsupported('lifecycle.orders', [provider.id]);
          outcomes.push(placed(provider, order, await port.place(order, options)));
        } catch (thrown) {
          outcomes.push(broken(order, provider.id, toErrorInfo(thrown, { provider: provider.id })));
        }
      }
      return outcomes;
    },
    broken,
    async readBack(provider, order, since, options) {
      const found = await findOrder(provider, order, since, options);
      if (found) return placed(provider, order, found);
      return broken(order, provider.id, cutOff(provider, 'whether the order was placed cannot be found out'));
    },
  };
}

function checkOrder(raw: unknown, path: string): OrderRequest {
  if (typeof raw !== 'object' || raw === null) throw inputError(path, 'has to be an order');
  const order = raw as OrderRequest;
  if (!TYPES.includes(order.type)) throw inputError(`${path}.type`, `has to be one of ${TYPES.join(', ')}`);
  if (typeof order.account !== 'string' || order.account === '') throw inputError(`${path}.account`, 'is missing');
  return order.type === 'activate' ? order : { ...order, sim: checkTarget(order.sim, `${path}.sim`) };
}

function placed(provider: Provider, request: OrderRequest, order: Order): OrderOutcome {
  const about = { provider: provider.id, type: request.type, iccid: order.iccid ?? iccidOf(request) };
  const ref = { provider: order.provider, id: order.id };
  if (order.state.value !== 'failed')
    return { ...about, status: order.state.value === 'completed' ? 'applied' : 'accepted', order: ref };
  return { ...about, status: 'failed', error: gaveUp(order) };
}

function broken(given: unknown, provider: ProviderId | null, error: ErrorInfo): OrderOutcome {
  const order = (typeof given === 'object' && given !== null ? given : {}) as Partial<OrderRequest>;
  const type = TYPES.find((known) => known === order.type) ?? 'activate';
  return { provider, type, iccid: iccidOf(order), status: statusOf(error), error };
}

function iccidOf(order: Partial<OrderRequest>): OrderOutcome['iccid'] {
  try {
    return 'sim' in order && order.sim !== undefined ? partsOf(order.sim).iccid : null;
  } catch {
    return null;
  }
}

/**
 * An order for the same SIM that the vendor lists and that is not older than the call. An activation names no SIM to know it by; and one in a state that nobody knows may be a note of the
 * adapter's that it began to order, which does not prove that it got there.
 */
async function findOrder(
  { lifecycle }: Provider,
  request: OrderRequest,
  since: number,
  options: Parameters<Work<OrderRequest>['readBack']>[3],
): Promise<Order | undefined> {
  const iccid = iccidOf(request);
  if (!lifecycle.orders || iccid === null) return undefined;
  const from = toInstant(Math.floor(since / 1000) * 1000);
  for await (const order of lifecycle.orders.list({}, options)) {
    const fits = order.type.value === request.type && order.iccid !== null && sameIccid(order.iccid, iccid);
    const isPlaced = order.state.value !== 'unknown' && order.placedAt !== null && order.placedAt >= from;
    if (fits && isPlaced) return order;
  }
  return undefined;
}
