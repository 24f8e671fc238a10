import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { id, page, pageLinks } from './shapes.js';

const account = () => z.object({ id, name: z.string().nullish(), status: z.string().nullish() });

export const listAccounts = operation({
  method: 'GET',
  path: '/accounts',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'accounts',
  paging: 'cursor',
  schemas: () => ({
    query: page,
    response: z.object({
      _embedded: z.object({ accounts: z.array(account()).nullish() }).nullish(),
      _links: pageLinks,
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
  schemas: () => ({ response: account() }),
});
