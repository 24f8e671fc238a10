import { refuseAll, writeEach } from '@carrierkit/adapter-kit';
import { inputError, type Lifecycle, type SettableState } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { changeState } from '../sims/change-state.js';
import { confirmChanges } from '../sims/confirm-changes.js';
import { wantedSim } from '../sims/wanted-sim.js';

/** State changes, accepted at once and made later by the vendor. `retired` deletes the SIM. */
export function lifecycle(account: Account): Lifecycle {
  const { provider } = account;
  return {
    async change({ sims, to, irreversible }, options = {}) {
      const refused = refusal(account, to, irreversible);
      if (refused !== null) return refuseAll(provider, sims, refused);
      return writeEach(provider, sims, parallelCalls, (sim) => changeState(account, wantedSim(sim), to, options));
    },
    confirm: (pending, options = {}) => confirmChanges(account, pending, options),
  };
}

function refusal({ provider }: Account, to: SettableState, irreversible: true | undefined) {
  if (to !== 'retired' || irreversible) return null;
  const message = 'retiring deletes the SIM for good at this vendor; pass irreversible: true to do that';
  return inputError('irreversible', message, { provider });
}
