import { emptyList, selectedList } from '@carrierkit/adapter-kit';
import { type SimFilter, type SimInventory, simMatcher } from '@carrierkit/core';
import type { Account } from '../account.js';
import { toSim } from '../mapping/sim.js';
import { hasState } from '../mapping/state.js';
import { readSim } from '../sims/read-sim.js';
import { simPages } from '../sims/sim-pages.js';

/** SIMs listed and read. What the vendor can filter narrows its list; whether a SIM is wanted is decided here. */
export function inventory(account: Account): SimInventory {
  const { provider } = account;
  return {
    list(filter = {}, options = {}) {
      if (isEmpty(account, filter)) return emptyList(options);
      const isWanted = simMatcher(filter);
      const iccid = filter.iccids?.length === 1 ? filter.iccids[0] : undefined;
      return selectedList(simPages(account, iccid, options), (entry) => {
        const sim = toSim(provider, entry);
        return isWanted(sim) ? sim : null;
      });
    },
    async get(target, options = {}) {
      return toSim(provider, await readSim(account, target, options));
    },
  };
}

/** Filters that no SIM of this account can meet need no call. */
function isEmpty({ provider }: Account, { providers, states, iccids }: SimFilter): boolean {
  if (providers && !providers.includes(provider)) return true;
  if (states && !states.some(hasState)) return true;
  return iccids?.length === 0;
}
