import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { id, link, page, pageLinks, phoneNumbers, services, simProfile } from './shapes.js';

/** Embedded copies may be incomplete, and a server may ignore `Prefer`: everything below `_embedded` may be missing. */
const subscription = () =>
  z.object({
    id,
    status: z.string(),
    created_at: z.string().nullish(),
    _embedded: z
      .object({
        account: z.object({ id: id.nullish() }).nullish(),
        subscriber: z.object({ id: id.nullish() }).nullish(),
        sim_profile: simProfile.nullish(),
        phone_numbers: phoneNumbers.nullish(),
        services: services.nullish(),
      })
      .nullish(),
    _links: z.object({ account: link, subscriber: link }).nullish(),
  });

export type SubscriptionEntry = z.output<ReturnType<typeof subscription>>;

const prefer = { Prefer: z.string().optional() } as const;

export const listSubscriptions = operation({
  method: 'GET',
  path: '/subscriptions',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  paging: 'cursor',
  schemas: () => ({
    query: { status: z.enum(['active', 'terminated']).optional(), ...page },
    headers: prefer,
    response: z.object({
      _embedded: z.object({ subscriptions: z.array(subscription()).nullish() }).nullish(),
      _links: pageLinks,
    }),
  }),
});

export const getSubscription = operation({
  method: 'GET',
  path: '/subscriptions/{id}',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: () => ({ headers: prefer, response: subscription() }),
});

export const listSubscriptionPhoneNumbers = operation({
  method: 'GET',
  path: '/subscriptions/{id}/phone-numbers',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: () => ({ response: phoneNumbers }),
});

export const getSubscriptionSimProfile = operation({
  method: 'GET',
  path: '/subscriptions/{id}/sim-profile',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: () => ({ response: simProfile }),
});

export const listSubscriptionServices = operation({
  method: 'GET',
  path: '/subscriptions/{id}/services',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: () => ({ response: services }),
});
