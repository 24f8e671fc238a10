import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { id, page, pageLinks } from './shapes.js';

const product = () => z.object({ id, status: z.string().nullish() });
const subscriber = () => z.object({ id: id.nullish() });

export const listProducts = operation({
  method: 'GET',
  path: '/products',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'products',
  paging: 'cursor',
  schemas: () => ({
    // Underscore here, hyphens on usage items.
    query: { account_id: z.string().optional(), status: z.enum(['active', 'terminated']).optional(), ...page },
    response: z.object({
      _embedded: z.object({ products: z.array(product()).nullish() }).nullish(),
      _links: pageLinks,
    }),
  }),
});

export const getProduct = operation({
  method: 'GET',
  path: '/products/{id}',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'products',
  schemas: () => ({ response: product() }),
});

export const listSubscribers = operation({
  method: 'GET',
  path: '/subscribers',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscribers',
  paging: 'cursor',
  schemas: () => ({
    query: page,
    response: z.object({
      _embedded: z.object({ subscribers: z.array(subscriber()).nullish() }).nullish(),
      _links: pageLinks,
    }),
  }),
});

export const getSubscriber = operation({
  method: 'GET',
  path: '/subscribers/{id}',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscribers',
  schemas: () => ({ response: subscriber() }),
});
