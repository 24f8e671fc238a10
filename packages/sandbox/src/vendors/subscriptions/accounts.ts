import { json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { notFound } from './answers.js';
import { ACCOUNTS, LOOSE_ACCOUNT } from './catalogue.js';
import { ACCOUNT_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { halPage, listed, pageOf } from './paging.js';

export function accountHandlers(organisation: Organisation): Record<'listAccounts' | 'getAccount', Handler> {
  const { ids } = organisation;
  const idOf = (index: number): string => ids.make(ACCOUNT_ID, index);
  const position = (id: string): number | undefined => {
    const index = ids.index(ACCOUNT_ID, id);
    return index !== undefined && index < ACCOUNTS.length ? index : undefined;
  };
  const accounts = listed((from) => [...ACCOUNTS.keys()].slice(from), idOf, position);
  const whole = (request: VendorRequest, index: number) => ({
    ...embeddedAccount(organisation, request, index),
    status: 'active',
  });
  return {
    listAccounts: (request) =>
      pageOf(organisation, request, accounts, ({ items, links }) =>
        halPage(
          organisation,
          'accounts',
          items.map((index) => whole(request, index)),
          links,
        ),
      ),
    getAccount: (request) => {
      const index = position(request.params['id'] ?? '');
      return index === undefined ? notFound('account') : json(200, whole(request, index));
    },
  };
}

/** As inside a subscription: without its status, and in some cases without its reference code. */
export function embeddedAccount(organisation: Organisation, request: VendorRequest, index: number) {
  const id = organisation.ids.make(ACCOUNT_ID, index);
  return { id, ...ACCOUNTS[index], _links: { self: organisation.links.to(request, `/accounts/${id}`) } };
}

/** Ids that an order may name. */
export function orderableAccounts({ ids }: Pick<Organisation, 'ids'>): readonly string[] {
  const indexes = [...ACCOUNTS.keys()].filter((index) => index !== LOOSE_ACCOUNT);
  return indexes.map((index) => ids.make(ACCOUNT_ID, index));
}
