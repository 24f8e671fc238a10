import { cursorList } from '@carrierkit/adapter-kit';
import type { CallOptions, PagedList } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize } from '../capabilities.js';
import { cursorOf } from '../mapping/links.js';
import { type Subscription, subscriptionReader } from './read-subscriptions.js';

/** RFC 7240; a server may ignore it. */
export const everything = 'transclude="subscriber;account;sim_profile;phone_numbers;services"';

/** Every subscription with its SIM profile and numbers, embedded or, where the server ignored the wish, read one by one. */
export function subscriptionPages(
  account: Account,
  options: CallOptions,
  status?: 'active' | 'terminated',
): PagedList<Subscription> {
  let read = subscriptionReader(account);
  return cursorList<Subscription>(
    async ({ cursor, size, options: callOptions }) => {
      // The list may be walked again: what our orders tell is then asked anew.
      if (cursor === null) read = subscriptionReader(account);
      const query = {
        ...(status !== undefined && { status }),
        limit: Math.min(size ?? pageSize.default, pageSize.max),
        ...(cursor !== null && { cursor }),
      };
      const { data } = await account.client.listSubscriptions({ ...query, Prefer: everything }, callOptions);
      const items = await read(data._embedded?.subscriptions ?? [], callOptions);
      for (const { entry } of items) account.whereabouts.note(entry);
      return { items, next: cursorOf(data._links?.next?.href) };
    },
    ({ entry }) => entry.id,
    options,
  );
}
