import {
  checkWindow,
  mapConcurrent,
  partialUsage,
  readPosition,
  type SimFailure,
  simFailure,
} from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  type PagedList,
  paged,
  pagedFrom,
  type SimTarget,
  type Usage,
  type UsageKind,
  type UsageRecord,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls, usageKinds } from '../capabilities.js';
import { readDays, readMonths, type UsageTarget } from '../usage/read-usage.js';
import { usageTargets } from '../usage/usage-targets.js';

/** SIMs whose figures make one page: small, so that a reader who stops has not asked for much in vain. One page is read ahead, which keeps the lane busy. */
const simsPerPage = parallelCalls;

type Read = (target: UsageTarget, options: CallOptions) => Promise<readonly UsageRecord[]>;

/**
 * Usage by day (the default) or by month; the vendor keeps figures of both, one call per SIM and month. Grains that are not declared have no records.
 * A SIM that cannot be read is no zero: the others are read, then the list ends with `partial`, naming it. Cursors hold while the SIMs asked for stay the same.
 */
export function usage(account: Account): Usage {
  return {
    records({ window, kinds, grain = 'day', sims }, options = {}) {
      const wanted: ReadonlySet<UsageKind> = new Set(usageKinds.filter((kind) => kinds?.includes(kind) ?? true));
      const idle = wanted.size === 0 || grain === 'event' || window.from === window.to;
      const readGrain = grain === 'month' ? readMonths : readDays;
      const read: Read = (target, callOptions) => readGrain(account, target, { window, kinds: wanted }, callOptions);
      // What could not be read belongs to one walk, not to the list.
      return pagedFrom((request) => {
        checkWindow(window);
        return walk(account, idle ? [] : sims, read, options).pages(request);
      }, options);
    },
  };
}

function walk(
  account: Account,
  sims: readonly SimTarget[] | undefined,
  read: Read,
  options: CallOptions,
): PagedList<UsageRecord> {
  const failures: SimFailure[] = [];
  let targets: readonly UsageTarget[] | undefined;
  return paged(async ({ cursor = '0', signal }) => {
    const callOptions = { ...options, signal };
    if (targets === undefined) {
      const found = await usageTargets(account, sims, callOptions);
      targets = found.targets;
      for (const error of found.failures) failures.push(simFailure(error));
    }
    const start = readPosition(cursor);
    const end = Math.min(start + simsPerPage, targets.length);
    const results = await mapConcurrent(targets.slice(start, end), parallelCalls, async (target) => {
      try {
        return await read(target, callOptions);
      } catch (error) {
        failures.push(simFailure(error, target.iccid));
        return [];
      }
    });
    // The records of the last page come first, then the news that there should have been more.
    if (start >= targets.length && failures.length > 0) throw partialUsage(account.provider, failures);
    const more = end < targets.length || failures.length > 0;
    return { items: results.flat(), next: more ? String(end) : null, total: null };
  }, options);
}
