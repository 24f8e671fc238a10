import { checkWindow, foreignCursor, partialUsage } from '@carrierkit/adapter-kit';
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
import { type SessionQuery, sessionPages } from '../usage/session-pages.js';
import { SimNames } from '../usage/sim-names.js';

/**
 * Data sessions, one record each. Only events are told (the default): a query for another grain has no records.
 * A SIM that cannot be found is no zero: the others are read, then the list ends with `partial`, naming it. Cursors hold while the SIMs asked for stay the same.
 */
export function usage(account: Account): Usage {
  return {
    records({ window, kinds, grain = 'event', sims }, options = {}) {
      const idle = grain !== 'event' || kinds?.includes('data') === false || window.from === window.to;
      return pagedFrom((request) => {
        checkWindow(window);
        return walk(account, { window, sim: null }, idle ? [] : sims, request, options);
      }, options);
    },
  };
}

/** The whole account in one go, or chosen SIMs one after the other: the vendor filters by one SIM. */
async function* walk(
  account: Account,
  query: SessionQuery,
  sims: readonly SimTarget[] | undefined,
  request: PageOptions,
  options: CallOptions,
): AsyncGenerator<Page<UsageRecord>, undefined> {
  const start = parseCursor(request.cursor);
  const { found, failures } = await chosenSims(account, sims ?? [], options);
  const names = new SimNames(account, found);
  const parts = sims === undefined ? [null] : [...found.keys()];
  for (let index = start.part; index < parts.length; index++) {
    const sessions = sessionPages(account, { ...query, sim: parts[index] ?? null }, names, options);
    const size = request.size === undefined ? {} : { size: request.size };
    const cursor = index === start.part && start.cursor !== null ? { cursor: start.cursor } : {};
    for await (const page of sessions.pages({ ...size, ...cursor })) {
      const more = index + 1 < parts.length || failures.length > 0;
      yield { ...page, next: page.next !== null ? `${index}:${page.next}` : more ? `${index + 1}:` : null };
    }
  }
  if (failures.length > 0) throw partialUsage(account.provider, failures);
}

/** `<position of the SIM>:<cursor within its sessions>` */
function parseCursor(cursor: string | undefined): { readonly part: number; readonly cursor: string | null } {
  if (cursor === undefined) return { part: 0, cursor: null };
  const match = /^(\d{1,9}):([\d.]*)$/.exec(cursor);
  if (match === null) throw foreignCursor();
  return { part: Number(match[1]), cursor: match[2] || null };
}
