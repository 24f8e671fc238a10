import { operation, type Zod } from '@carrierkit/adapter-kit';
import { id, page, pageLinks } from './shapes.js';

const account = (z: Zod) => z.object({ id: id(z), name: z.string().nullish(), status: z.string().nullish() });

export const listAccounts = operation({
  method: 'GET',
  path: '/accounts',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'accounts',
  paging: 'cursor',
  schemas: (z) => ({
    query: page(z),
    response: z.object({
      _embedded: z.object({ accounts: z.array(account(z)).nullish() }).nullish(),
      _links: pageLinks(z),
    }),
  }),
});

export const getAccount = operation({
  method: 'GET',
  path: '/accounts/{id}',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'accounts',
  schemas: (z) => ({ response: account(z) }),
});
