import { emptyList, keyedList, selectedList } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  type PagedList,
  type Sim,
  type SimFilter,
  type SimInventory,
  simMatcher,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize } from '../capabilities.js';
import { vendorIccid } from '../mapping/iccid.js';
import { toSim } from '../mapping/sim.js';
import { statusIdOf } from '../mapping/state.js';
import { findSims } from '../sims/find-sims.js';
import { readSim } from '../sims/read-sim.js';
import { simPages } from '../sims/sim-pages.js';
import { wantedSim } from '../sims/wanted-sim.js';
import { batches } from './batches.js';

/** SIMs listed and read, with what the vendor can filter pushed down. */
export function inventory(account: Account): SimInventory {
  return {
    list(filter = {}, options = {}) {
      const { iccids } = filter;
      if (isEmpty(account, filter)) return emptyList(options);
      if (iccids !== undefined && iccids.length > 1 && iccids.length <= pageSize.max)
        return chosen(account, filter, iccids, options);
      const isWanted = simMatcher(filter);
      return selectedList(simPages(account, criteria(filter), options), (entry) => {
        const sim = toSim(account.provider, entry);
        return isWanted(sim) ? sim : null;
      });
    },
    async get(target, options = {}) {
      return toSim(account.provider, await readSim(account, wantedSim(target), options));
    },
    batches: batches(account),
  };
}

/** Filters that no SIM of this account can meet need no call. */
function isEmpty({ provider }: Account, { providers, states, iccids }: SimFilter): boolean {
  if (providers && !providers.includes(provider)) return true;
  if (states && !states.some((state) => statusIdOf(state) !== null)) return true;
  return iccids?.length === 0;
}

/** `q`: all pairs must match, there is no "or". Values are digits, so nothing in them can be taken for syntax. */
function criteria({ states, iccids, msisdn, imsi }: SimFilter): string | null {
  const [state, ...others] = (states ?? []).filter((name) => statusIdOf(name) !== null);
  const [iccid] = iccids?.length === 1 ? iccids : [];
  const pairs = [
    ...(state !== undefined && others.length === 0 ? [`status:${statusIdOf(state)}`] : []),
    ...(iccid === undefined ? [] : [`iccid:${vendorIccid(iccid)}`]),
    ...(msisdn === undefined ? [] : [`msisdn:${msisdn}`]),
    ...(imsi === undefined ? [] : [`imsi:${imsi}`]),
  ];
  return pairs.length === 0 ? null : pairs.join(',');
}

/** Some SIMs by ICCID: found with the fewest calls, in the order given. */
function chosen(
  account: Account,
  filter: SimFilter,
  iccids: readonly Sim['iccid'][],
  options: CallOptions,
): PagedList<Sim> {
  const isWanted = simMatcher(filter);
  const read = async (some: readonly Sim['iccid'][], callOptions: CallOptions) => {
    const sims = new Map<string, Sim>();
    for (const one of await findSims(account, some.map(wantedSim), callOptions)) {
      if ('error' in one && one.error.kind !== 'not-found') throw one.error;
      if ('error' in one) continue;
      const sim = toSim(account.provider, one.sim);
      if (isWanted(sim)) sims.set(sim.ref, sim);
    }
    return [...sims.values()];
  };
  return keyedList(iccids, pageSize.max, read, options);
}
