import { type Answer, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { hal, notFound } from './answers.js';
import { SUBSCRIPTION_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { filtered, halPage, listed, pageOf } from './paging.js';
import { preferenceOf } from './prefer.js';
import { phoneNumbers, services, simProfileOf, statusOf, subscriptionOf } from './subscription-resource.js';
import type { SubscriptionRecord } from './subscription-store.js';

type Operations =
  | 'listSubscriptions'
  | 'getSubscription'
  | 'listSubscriptionPhoneNumbers'
  | 'getSubscriptionSimProfile'
  | 'listSubscriptionServices';

export function subscriptionHandlers(organisation: Organisation): Record<Operations, Handler> {
  const { ids, subscriptions, switches } = organisation;
  const one =
    (answer: (request: VendorRequest, record: SubscriptionRecord) => Answer): Handler =>
    (request) => {
      const record = subscriptionById(organisation, request.params['id'] ?? '');
      return record === undefined ? notFound('subscription') : answer(request, record);
    };
  return {
    listSubscriptions: (request) => {
      const { status } = request.query;
      const { embed, headers } = preferenceOf(request, switches);
      const found = listed(
        (from) =>
          filtered(
            subscriptions.from(from),
            (record) => status === undefined || statusOf(organisation, record) === status,
          ),
        ({ index }) => ids.make(SUBSCRIPTION_ID, index),
        (id) => subscriptions.positionOf(ids.index(SUBSCRIPTION_ID, id) ?? -1),
      );
      const answer = pageOf(organisation, request, found, ({ items, links }) => {
        const rendered = items.map((record) => subscriptionOf(organisation, request, record, embed));
        return halPage(organisation, 'subscriptions', rendered, links);
      });
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
    getSubscription: one((request, record) => {
      const { embed, headers } = preferenceOf(request, switches);
      return json(200, subscriptionOf(organisation, request, record, embed), headers);
    }),
    listSubscriptionPhoneNumbers: one((request, record) => hal(request, phoneNumbers(organisation, request, record))),
    getSubscriptionSimProfile: one((request, record) => hal(request, simProfileOf(organisation, request, record))),
    listSubscriptionServices: one((request, record) => hal(request, services(organisation, request, record))),
  };
}

export function subscriptionById(
  { ids, subscriptions }: Pick<Organisation, 'ids' | 'subscriptions'>,
  id: string,
): SubscriptionRecord | undefined {
  return subscriptions.get(ids.index(SUBSCRIPTION_ID, id) ?? -1);
}
