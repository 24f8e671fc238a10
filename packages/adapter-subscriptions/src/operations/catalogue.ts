import { operation, type Zod } from '@carrierkit/adapter-kit';
import { id, page, pageLinks } from './shapes.js';

const product = (z: Zod) => z.object({ id: id(z), status: z.string().nullish() });
const subscriber = (z: Zod) => z.object({ id: id(z).nullish() });

export const listProducts = operation({
  method: 'GET',
  path: '/products',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'products',
  paging: 'cursor',
  schemas: (z) => ({
    // Underscore here, hyphens on usage items.
    query: { account_id: z.string().optional(), status: z.enum(['active', 'terminated']).optional(), ...page(z) },
    response: z.object({
      _embedded: z.object({ products: z.array(product(z)).nullish() }).nullish(),
      _links: pageLinks(z),
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
  schemas: (z) => ({ response: product(z) }),
});

export const listSubscribers = operation({
  method: 'GET',
  path: '/subscribers',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'subscribers',
  paging: 'cursor',
  schemas: (z) => ({
    query: page(z),
    response: z.object({
      _embedded: z.object({ subscribers: z.array(subscriber(z)).nullish() }).nullish(),
      _links: pageLinks(z),
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
  schemas: (z) => ({ response: subscriber(z) }),
});
