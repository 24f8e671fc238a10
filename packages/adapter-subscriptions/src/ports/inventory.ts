import { emptyList, selectedList } from '@carrierkit/adapter-kit';
import { type SimFilter, type SimInventory, simMatcher, simTargetIccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { toSim } from '../mapping/sim.js';
import { findSubscription, notFound } from '../subscriptions/find-subscriptions.js';
import { subscriptionPages } from '../subscriptions/subscription-pages.js';

/** SIMs derived from subscriptions. The vendor can be asked for active and for terminated ones; every other filter is applied here. */
export function inventory(account: Account): SimInventory {
  const { provider } = account;
  return {
    list(filter = {}, options = {}) {
      const { providers, iccids, states } = filter;
      const empty = (providers && !providers.includes(provider)) || iccids?.length === 0 || states?.length === 0;
      if (empty) return emptyList(options);
      const isWanted = simMatcher(filter);
      return selectedList(subscriptionPages(account, options, statusFor(filter)), ({ entry, suspended }) => {
        const sim = toSim(provider, entry, suspended);
        return sim !== null && isWanted(sim) ? sim : null;
      });
    },
    async get(target, options = {}) {
      const { entry, suspended } = await findSubscription(account, target, options);
      const sim = toSim(provider, entry, suspended);
      if (sim === null) throw notFound(provider, simTargetIccid(target));
      return sim;
    },
  };
}

/** What the vendor calls active may be suspended by an order of ours, but nothing else is active. */
function statusFor({ states }: SimFilter): 'active' | 'terminated' | undefined {
  if (states?.every((state) => state === 'active')) return 'active';
  return states?.every((state) => state === 'retired') ? 'terminated' : undefined;
}
