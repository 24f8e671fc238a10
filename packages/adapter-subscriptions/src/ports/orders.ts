import { cursorList, emptyList, foreignCursor, mapConcurrent } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  cancelledError,
  type Json,
  type Order,
  type Orders,
  type PagedList,
  paged,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { cursorOf } from '../mapping/links.js';
import { isFinal, toOrder } from '../mapping/order.js';
import { iccidOf } from '../mapping/sim.js';
import type { OrderEntry, TemplateEntry } from '../operations/orders.js';
import { awaitOrder, orderMs, readOrder } from '../orders/await-order.js';
import { newOrder } from '../orders/new-order.js';
import type { OwnOrder } from '../orders/order-book.js';
import { placeOrder } from '../orders/place-order.js';
import { findSubscription } from '../subscriptions/find-subscriptions.js';

/** Orders: asynchronous, never assumed done before the vendor says so. */
export function orders(account: Account): Orders {
  const { provider, timing, settings, book } = account;
  const withFacts = async (entry: OrderEntry) => toOrder(provider, entry, await book.factsOf(entry.id));
  return {
    async place(request, options = {}) {
      const owner = request.type === 'activate' ? null : (await findSubscription(account, request.sim, options)).entry;
      const iccid = owner && iccidOf(owner);
      const sim = owner && iccid ? { iccid, ref: owner.id } : null;
      const { entry, facts } = await placeOrder(account, newOrder(request, owner?.id ?? null), sim, options);
      return toOrder(provider, entry, facts);
    },
    async get({ id }, options = {}) {
      return withFacts(await readOrder(account, id, options));
    },
    async wait({ id }, options = {}) {
      const deadline = timing.now() + (options.deadlineMs ?? orderMs);
      const order = await withFacts(await awaitOrder(account, id, deadline, options));
      if (isFinal(order.state.raw)) return order;
      if (options.signal?.aborted) throw cancelledError({ provider });
      throw new ConnectivityError(
        'timeout',
        `order ${id} was still ${order.state.raw} at the deadline; wait again later`,
        { provider },
      );
    },
    list(filter = {}, options = {}) {
      if (filter.providers && !filter.providers.includes(provider)) return emptyList(options);
      return settings.listOrders === 'vendor' ? vendorOrders(account, withFacts, options) : ownOrders(account, options);
    },
    templates(filter = {}, options = {}) {
      if (filter.providers && !filter.providers.includes(provider)) return emptyList(options);
      return templates(account, options);
    },
  };
}

function pageQuery(cursor: string | null, size: number | null) {
  return { limit: Math.min(size ?? pageSize.default, pageSize.max), ...(cursor !== null && { cursor }) };
}

function templates({ provider, client }: Account, options: CallOptions): ReturnType<Orders['templates']> {
  return cursorList(
    async ({ cursor, size, options: callOptions }) => {
      const { data } = await client.listOrderTemplates(pageQuery(cursor, size), callOptions);
      const entries = data._embedded?.['order-templates'] ?? data.order_templates ?? [];
      const items = entries.map((entry) => ({ provider, id: entry.id, name: nameOf(entry), raw: entry as Json }));
      return { items, next: cursorOf(data._links?.next?.href) };
    },
    (template) => template.id,
    options,
  );
}

function vendorOrders(
  { client }: Account,
  toOurs: (entry: OrderEntry) => Promise<Order>,
  options: CallOptions,
): PagedList<Order> {
  return cursorList<Order>(
    async ({ cursor, size, options: callOptions }) => {
      const { data } = await client.listOrders(pageQuery(cursor, size), callOptions);
      const items = await Promise.all((data._embedded?.orders ?? []).map(toOurs));
      return { items, next: cursorOf(data._links?.next?.href) };
    },
    (order) => order.id,
    options,
  );
}

/** So many re-reads make a page: each order is one call. */
const ordersPerPage = 20;

/** The orders in the book, oldest first, each read anew. */
function ownOrders(account: Account, options: CallOptions): PagedList<Order> {
  const { provider, book } = account;
  return paged<Order>(async ({ cursor, size = ordersPerPage, signal }) => {
    const positions = await book.positions();
    const start = cursor === undefined ? 0 : positions.findIndex((position) => encode(position) === cursor) + 1;
    if (cursor !== undefined && start === 0) throw foreignCursor({ provider });
    const end = Math.min(positions.length, start + Math.max(1, size));
    const read = await mapConcurrent(positions.slice(start, end), parallelCalls, async (position) => {
      const own = await book.at(position);
      return own === null ? [] : [toOrder(provider, await entryOf(account, own, { ...options, signal }), own)];
    });
    const last = positions[end - 1];
    return {
      items: read.flat(),
      next: end < positions.length && last !== undefined ? encode(last) : null,
      total: positions.length,
    };
  }, options);
}

/** An order as it is now; one whose answer was lost, or that the vendor has forgotten, stands with a state of its own instead of ending the list. */
async function entryOf(account: Account, own: OwnOrder, options: CallOptions): Promise<OrderEntry> {
  if (own.id === null) return { id: `unanswered:${own.intent}`, status: 'unanswered', type: own.type };
  try {
    return await readOrder(account, own.id, options);
  } catch (error) {
    if (!ConnectivityError.is(error, 'not-found')) throw error;
    return { id: own.id, status: 'not found', type: own.type };
  }
}

function encode(position: string): string {
  return Buffer.from(position).toString('base64url');
}

/** The name of the offering behind a template, where one is told; two spellings are known. */
function nameOf(entry: TemplateEntry): string | null {
  const { products } = entry as { readonly products?: readonly TemplateProduct[] };
  for (const product of products ?? []) {
    const offering = product._embedded?.['product-offering'] ?? product._embedded?.product_offering;
    if (typeof offering?.name === 'string') return offering.name;
  }
  return null;
}

interface TemplateProduct {
  readonly _embedded?: {
    readonly 'product-offering'?: { readonly name?: string };
    readonly product_offering?: { readonly name?: string };
  };
}
