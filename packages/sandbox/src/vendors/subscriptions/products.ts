import { json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { DAY_MS } from '../../world/days.js';
import { notFound } from './answers.js';
import { ACCOUNT_ID, PRODUCT_ID, SUBSCRIPTION_ID, USAGE_PRODUCT_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { filtered, halPage, listed, pageOf } from './paging.js';
import { queryText } from './query-text.js';
import type { SubscriptionRecord } from './subscription-store.js';
import { offering } from './templates.js';
import { plainTimestamp } from './timestamps.js';

/** Every subscription has one plan, and that is the product with its index. */
export function productHandlers(organisation: Organisation): Record<'listProducts' | 'getProduct', Handler> {
  const { ids, subscriptions } = organisation;
  return {
    listProducts: (request) => {
      const { status } = request.query;
      const account = queryText(request.query, 'account_id');
      const accountIndex = account === undefined ? undefined : (ids.index(ACCOUNT_ID, account) ?? -1);
      const wanted = (record: SubscriptionRecord): boolean =>
        (accountIndex === undefined || record.account === accountIndex) &&
        (status === undefined || statusOf(record) === status);
      const products = listed(
        (from) => filtered(subscriptions.from(from), wanted),
        ({ index }) => ids.make(PRODUCT_ID, index),
        (id) => subscriptions.positionOf(ids.index(PRODUCT_ID, id) ?? -1),
      );
      return pageOf(organisation, request, products, ({ items, links }) =>
        halPage(
          organisation,
          'products',
          items.map((record) => productOf(organisation, request, record)),
          links,
        ),
      );
    },
    getProduct: (request) => {
      const id = request.params['id'] ?? '';
      const record = subscriptions.get(ids.index(PRODUCT_ID, id) ?? ids.index(USAGE_PRODUCT_ID, id) ?? -1);
      return record === undefined ? notFound('product') : json(200, productOf(organisation, request, record));
    },
  };
}

function productOf(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  const { ids, links } = organisation;
  const id = ids.make(PRODUCT_ID, record.index);
  return {
    id,
    status: statusOf(record),
    activated_at: plainTimestamp(Math.floor(record.createdAt / 1000) * 1000),
    ...terminationOf(record),
    _links: {
      self: links.to(request, `/products/${id}`),
      account: links.to(request, `/accounts/${ids.make(ACCOUNT_ID, record.account)}`),
      subscription: links.to(request, `/subscriptions/${ids.make(SUBSCRIPTION_ID, record.index)}`),
    },
    _embedded: { product_offering: offering(organisation, record.template) },
  };
}

function statusOf(record: SubscriptionRecord): 'active' | 'terminated' {
  return record.state === 'terminated' ? 'terminated' : 'active';
}

/** When it ends may lie in the future, be null, or not be told at all. */
function terminationOf({ index, createdAt, terminatedAt }: SubscriptionRecord): { terminates_at?: string | null } {
  if (terminatedAt !== null) return { terminates_at: plainTimestamp(terminatedAt) };
  if (index % 5 === 2) return {};
  if (index % 5 === 3) return { terminates_at: plainTimestamp(Math.floor(createdAt / 1000) * 1000 + 3650 * DAY_MS) };
  return { terminates_at: null };
}
