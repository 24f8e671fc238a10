import { checkWindow, emptyList, foreignCursor, partialUsage } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  type Page,
  type PageOptions,
  pagedFrom,
  type SimTarget,
  type Usage,
  type UsageRecord,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { chosenSims } from '../usage/chosen-sims.js';
import { SimLookup } from '../usage/sim-lookup.js';
import { itemTypes, type UsageQuery, usageItems } from '../usage/usage-items.js';

/**
 * Itemised usage, newest first; with `sims`, subscription by subscription. Only events are told (the default): a query for another grain has no records.
 * Items belong to subscriptions, so what a subscription used on a SIM that was replaced is told under its present one.
 * A SIM that cannot be found is no zero: the others are read, then the list ends with `partial`, naming it. Cursors hold while the SIMs asked for stay the same.
 */
export function usage(account: Account): Usage {
  return {
    records({ window, kinds, grain = 'event', sims }, options = {}) {
      const types = itemTypes.filter((type) => kinds?.includes(type) ?? true);
      const idle = types.length === 0 || grain !== 'event' || sims?.length === 0 || window.from === window.to;
      const nothing = emptyList<UsageRecord>(options);
      return pagedFrom((request) => {
        checkWindow(window);
        return idle ? nothing.pages(request) : walk(account, { window, types }, sims, request, options);
      }, options);
    },
  };
}

const wholeAccount: Awaited<ReturnType<typeof chosenSims>> = { iccids: new Map(), failures: [] };

async function* walk(
  account: Account,
  query: UsageQuery,
  sims: readonly SimTarget[] | undefined,
  request: PageOptions,
  options: CallOptions,
): AsyncGenerator<Page<UsageRecord>, undefined> {
  const start = parseCursor(request.cursor);
  const { iccids, failures } = sims === undefined ? wholeAccount : await chosenSims(account, sims, options);
  const lookup = new SimLookup(account, iccids);
  const subscriptions = sims === undefined ? [null] : [...iccids.keys()];
  for (let index = start.index; index < subscriptions.length; index++) {
    const cursor = index === start.index ? start.cursor : null;
    const size = request.size === undefined ? {} : { size: request.size };
    const items = usageItems(account, query, subscriptions[index] ?? null, lookup, options);
    for await (const page of items.pages({ ...size, ...(cursor !== null && { cursor }) })) {
      // A page that only failures follow has a cursor too: whoever goes on from it is told of them.
      const more = index + 1 < subscriptions.length || failures.length > 0;
      yield { ...page, next: page.next !== null ? `${index}:${page.next}` : more ? `${index + 1}:` : null };
    }
  }
  if (failures.length > 0) throw partialUsage(account.provider, failures);
}

/** `<position of the subscription>:<the vendor's cursor>` */
function parseCursor(cursor: string | undefined): { readonly index: number; readonly cursor: string | null } {
  if (cursor === undefined) return { index: 0, cursor: null };
  const match = /^(\d{1,9}):(.*)$/s.exec(cursor);
  if (match === null) throw foreignCursor();
  return { index: Number(match[1]), cursor: match[2] || null };
}
