import {
  type CallOptions,
  ConnectivityError,
  type ErrorInfo,
  type ErrorKind,
  inputError,
  type Page,
  type PageOptions,
  paged,
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
      const nothing = paged<UsageRecord>(() => Promise.resolve({ items: [], next: null, total: 0 }), options);
      return pagedFrom((request) => {
        if (window.to < window.from)
          throw inputError('window', 'ends before it begins; `from` has to be the earlier one');
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
  const ofAll = failures.find(({ kind }) => !ofOneSim.has(kind));
  if (ofAll !== undefined) throw ofAll;
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
  if (failures.length > 0) throw partial(account, failures);
}

/** `<position of the subscription>:<the vendor's cursor>` */
function parseCursor(cursor: string | undefined): { readonly index: number; readonly cursor: string | null } {
  if (cursor === undefined) return { index: 0, cursor: null };
  const match = /^(\d{1,9}):(.*)$/s.exec(cursor);
  if (match === null) throw inputError('cursor', 'is not a cursor of this list; pass what `page.next` gave');
  return { index: Number(match[1]), cursor: match[2] || null };
}

/** What may be wrong with one SIM alone; anything else would meet the next one too. */
const ofOneSim: ReadonlySet<ErrorKind> = new Set(['not-found', 'conflict', 'contract', 'input']);

function partial({ provider }: Account, errors: readonly ConnectivityError[]): ConnectivityError {
  const message = `the usage of ${errors.length} SIM${errors.length === 1 ? '' : 's'} could not be read; the others are complete`;
  const failures = errors.map((error) => error.toJSON() as ErrorInfo<Exclude<ErrorKind, 'partial'>>);
  return new ConnectivityError('partial', message, { provider, details: { failures } });
}
