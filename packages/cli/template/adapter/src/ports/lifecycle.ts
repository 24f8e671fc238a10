import { writeEach } from '@carrierkit/adapter-kit';
import type { Lifecycle } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { changeState } from '../sims/change-state.js';
import { confirmChange } from '../sims/confirm-change.js';

// REPLACE: a move that cannot be undone (deleting a SIM, say) is refused unless the caller passes `irreversible: true`.
/** State changes within the vendor's table; they apply at once. */
export function lifecycle(account: Account): Lifecycle {
  return {
    change: ({ sims, to }, options = {}) =>
      writeEach(account.provider, sims, parallelCalls, async (sim) => ({
        status: await changeState(account, sim, to, options),
      })),
    confirm: (pending, options = {}) => Promise.all(pending.map((change) => confirmChange(account, change, options))),
  };
}
