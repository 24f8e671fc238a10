import { json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { notFound } from './answers.js';
import { SUBSCRIBER_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { halPage, listed, pageOf } from './paging.js';
import type { SubscriberDetails, SubscriptionRecord } from './subscription-store.js';

export function subscriberHandlers(organisation: Organisation): Record<'listSubscribers' | 'getSubscriber', Handler> {
  const { ids, subscriptions } = organisation;
  const subscribers = listed(
    (from) => subscriptions.from(from),
    ({ index }) => ids.make(SUBSCRIBER_ID, index),
    (id) => positionOf(organisation, id),
  );
  return {
    listSubscribers: (request) =>
      pageOf(organisation, request, subscribers, ({ items, links }) =>
        halPage(
          organisation,
          'subscribers',
          items.map((record) => subscriberOf(organisation, request, record)),
          links,
        ),
      ),
    getSubscriber: (request) => {
      const record = subscriptions.get(ids.index(SUBSCRIBER_ID, request.params['id'] ?? '') ?? -1);
      return record === undefined ? notFound('subscriber') : json(200, subscriberOf(organisation, request, record));
    },
  };
}

export function subscriberOf(organisation: Organisation, request: VendorRequest, record: SubscriptionRecord) {
  const id = organisation.ids.make(SUBSCRIBER_ID, record.index);
  const self = { ...organisation.links.to(request, `/subscribers/${id}`), method: 'GET' };
  return { id, ...(record.subscriber ?? generatedDetails(record.index)), _links: { self } };
}

function positionOf({ ids, subscriptions }: Organisation, id: string): number | undefined {
  const index = ids.index(SUBSCRIBER_ID, id);
  return index === undefined ? undefined : subscriptions.positionOf(index);
}

function generatedDetails(index: number): SubscriberDetails {
  const number = String(index + 1).padStart(6, '0');
  return {
    first_name: 'Subscriber',
    last_name: number,
    email: `subscriber-${number}@example.com`,
    employee_id: index % 4 === 3 ? null : `E-${number}`,
    group: index % 3 === 2 ? null : `Group ${(index % 7) + 1}`,
  };
}
