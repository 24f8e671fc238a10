import {
  type CallOptions,
  inputError,
  type OrderRequest,
  type Orders,
  type Provider,
  type ProviderId,
} from '@carrierkit/core';
import type { Complete } from '../complete.js';
import { unsupported } from '../routing/team.js';
import { listOf, type Scope } from './scope.js';

export function wholeOrders(scope: Scope): Complete<Orders> {
  const { team } = scope;
  const able = (ids?: readonly ProviderId[]) =>
    team.having('lifecycle.orders', ({ lifecycle }) => lifecycle.orders, ids);
  const at = (id: ProviderId): Orders => able([id])[0]!.port;
  return {
    async place(request, options) {
      return at((await routeOrder(scope, request, options)).id).place(request, options);
    },
    async get(order, options) {
      return at(order.provider).get(order, options);
    },
    async wait(order, options) {
      return at(order.provider).wait(order, options);
    },
    list(filter = {}, options = {}) {
      const sources = able(filter.providers).map(({ provider, port }) => ({
        provider: provider.id,
        list: (call: typeof options) => port.list(filter, call),
      }));
      return listOf(scope, sources, options);
    },
    templates(filter = {}, options = {}) {
      const sources = able(filter.providers).map(({ provider, port }) => ({
        provider: provider.id,
        list: (call: typeof options) => port.templates(filter, call),
      }));
      return listOf(scope, sources, options);
    },
  };
}

/** An order goes to the provider it names, to that of its SIM, to the only one that takes orders, or to the one that holds the account. */
export async function routeOrder(
  { team, router }: Scope,
  order: OrderRequest,
  options?: CallOptions,
): Promise<Provider> {
  if (order.provider !== undefined) return team.get(order.provider);
  const able = team.having('lifecycle.orders', ({ lifecycle }) => lifecycle.orders).map(({ provider }) => provider);
  if (order.type !== 'activate') {
    const provider = await router.route(order.sim, options);
    if (able.includes(provider)) return provider;
    throw unsupported('lifecycle.orders', [provider.id]);
  }
  if (able.length === 1) return able[0]!;
  const holders = await router.providersOf(order.account);
  const [holder, ...others] = able.filter(({ id }) => holders.includes(id));
  if (holder && others.length === 0) return holder;
  throw inputError('provider', `several providers take orders: name one of ${able.map(({ id }) => id).join(', ')}`);
}
