import { numberedList, selectedList } from '@carrierkit/adapter-kit';
import type { RatePlans } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { pageOrEnd } from '../mapping/page-or-end.js';
import { cancelPlanChange, changePlan } from '../sims/change-plan.js';
import { oneByOne } from '../sims/one-by-one.js';
import { writeSims } from '../sims/write-sims.js';

/** Plans by their label, which is all there is to name them. A change waits for the next billing cycle unless `ratePlanChange` says otherwise. */
export function ratePlans(account: Account): RatePlans {
  const { provider, client } = account;
  return {
    list(options = {}) {
      const plans = numberedList({
        provider,
        fetchPage: ({ page, size, options: callOptions }) =>
          pageOrEnd(page, size, () =>
            client.listRatePlans({ page, per_page: size, ordering: 'servicePackId' }, callOptions),
          ),
        key: ({ servicePackId }) => servicePackId,
        pageSize,
        parallel: parallelCalls,
        options,
      });
      return selectedList(plans, ({ servicePackId }) => ({ provider, id: servicePackId, name: servicePackId }));
    },
    change: ({ sims, plan }, options = {}) =>
      writeSims(account, sims, { ratePlan: plan }, (iccids) =>
        oneByOne(account, iccids, (iccid) => changePlan(account, iccid, plan, options)),
      ),
    cancelChange: ({ sims }, options = {}) =>
      writeSims(account, sims, { changes: {} }, (iccids) =>
        oneByOne(account, iccids, (iccid) => cancelPlanChange(account, iccid, options)),
      ),
  };
}
