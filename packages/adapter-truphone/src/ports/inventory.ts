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
import { targetIccid, vendorIccid } from '../mapping/iccid.js';
import { secretsOf, toSim } from '../mapping/sim.js';
import { filterWords } from '../mapping/state.js';
import { findSims, readSim } from '../sims/find-sims.js';
import { type SimQuery, simPages } from '../sims/sim-pages.js';
import { updateSims } from '../sims/update-sims.js';

/** SIMs listed and read, with what the vendor can filter pushed down; labels, tags and attributes changed. */
export function inventory(account: Account): SimInventory {
  const { provider } = account;
  const read = (target: Parameters<SimInventory['get']>[0], options: CallOptions) =>
    readSim(account, { iccid: targetIccid(provider, target) }, options);
  return {
    list(filter = {}, options = {}) {
      const { iccids } = filter;
      if (isEmpty(account, filter)) return emptyList(options);
      if (iccids !== undefined && iccids.length > 1) return chosen(account, filter, iccids, options);
      const isWanted = simMatcher(filter);
      return selectedList(simPages(account, queryOf(filter), options), (card) => {
        const sim = toSim(provider, card);
        return isWanted(sim) ? sim : null;
      });
    },
    async get(target, options = {}) {
      return toSim(provider, await read(target, options));
    },
    async secrets(target, options = {}) {
      return secretsOf(await read(target, options));
    },
    update: ({ sims, changes }, options = {}) => updateSims(account, sims, changes, options),
  };
}

/** Filters that no SIM of this account can meet need no call. */
function isEmpty({ provider }: Account, { providers, states, iccids }: SimFilter): boolean {
  if (providers && !providers.includes(provider)) return true;
  return states?.length === 0 || iccids?.length === 0;
}

/** What the vendor finds is at least what is wanted: its matches ignore case, and of several tags only the first is asked for. */
function queryOf({ states, iccids, msisdn, imsi, label, account, tags, attributes }: SimFilter): SimQuery {
  const state = states?.length === 1 ? filterWords.get(states[0]!) : undefined;
  const pairs = Object.entries(attributes ?? {}).filter(([name, value]) => value !== '' && !/[,:]/.test(name + value));
  return {
    ...(state !== undefined && { subscriptionStatus: state }),
    ...(iccids?.[0] !== undefined && { iccid: vendorIccid(iccids[0]) }),
    ...(msisdn !== undefined && { msisdns: msisdn }),
    ...(imsi !== undefined && { imsis: imsi }),
    ...(label && { label }),
    ...(account && { organization: account }),
    ...(tags?.[0] && { tags: tags[0] }),
    ...(pairs.length > 0 && { attributes: pairs.map(([name, value]) => `${name}:${value}`).join(',') }),
  };
}

/** Some SIMs by ICCID: found with the fewest calls, in the order given. */
function chosen(
  account: Account,
  filter: SimFilter,
  iccids: readonly Sim['iccid'][],
  options: CallOptions,
): PagedList<Sim> {
  const isWanted = simMatcher(filter);
  const wanted = [...new Set(iccids.map(vendorIccid))];
  const read = async (some: readonly string[], callOptions: CallOptions) => {
    const sims: Sim[] = [];
    for (const found of await findSims(
      account,
      some.map((iccid) => ({ iccid })),
      callOptions,
    )) {
      if ('error' in found && found.error.kind !== 'not-found') throw found.error;
      if ('error' in found) continue;
      const sim = toSim(account.provider, found.card);
      if (isWanted(sim)) sims.push(sim);
    }
    return sims;
  };
  return keyedList(wanted, pageSize.max, read, options);
}
