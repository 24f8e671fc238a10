import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { id, link, page, pageLinks, phoneNumbers, services, simProfile } from './shapes.js';

/** Embedded copies may be incomplete, and a server may ignore `Prefer`: everything below `_embedded` may be missing. */
const subscription = (z: Zod) =>
  z.object({
    id: id(z),
    status: z.string(),
    created_at: z.string().nullish(),
    _embedded: z
      .object({
        account: z.object({ id: id(z).nullish() }).nullish(),
        subscriber: z.object({ id: id(z).nullish() }).nullish(),
        sim_profile: simProfile(z).nullish(),
        phone_numbers: phoneNumbers(z).nullish(),
        services: services(z).nullish(),
      })
      .nullish(),
    _links: z.object({ account: link(z), subscriber: link(z) }).nullish(),
  });

export type SubscriptionEntry = z.output<ReturnType<typeof subscription>>;

const prefer = (z: Zod) => ({ Prefer: z.string().optional() }) as const;

export const listSubscriptions = operation({
  method: 'GET',
  path: '/subscriptions',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  paging: 'cursor',
  schemas: (z) => ({
    query: { status: z.enum(['active', 'terminated']).optional(), ...page(z) },
    headers: prefer(z),
    response: z.object({
      _embedded: z.object({ subscriptions: z.array(subscription(z)).nullish() }).nullish(),
      _links: pageLinks(z),
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
  schemas: (z) => ({ headers: prefer(z), response: subscription(z) }),
});

export const listSubscriptionPhoneNumbers = operation({
  method: 'GET',
  path: '/subscriptions/{id}/phone-numbers',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: (z) => ({ response: phoneNumbers(z) }),
});

export const getSubscriptionSimProfile = operation({
  method: 'GET',
  path: '/subscriptions/{id}/sim-profile',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: (z) => ({ response: simProfile(z) }),
});

export const listSubscriptionServices = operation({
  method: 'GET',
  path: '/subscriptions/{id}/services',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscriptions',
  schemas: (z) => ({ response: services(z) }),
});
