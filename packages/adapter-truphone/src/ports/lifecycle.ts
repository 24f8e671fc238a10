import { refuseAll } from '@carrierkit/adapter-kit';
import { inputError, type Lifecycle, plan, type SettableState, type Sim, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import { bulkWrite } from '../bulk/bulk-write.js';
import { type Evidence, settled } from '../bulk/settle-bulk.js';
import { transitions } from '../capabilities.js';
import { wordOf } from '../mapping/state.js';
import { confirmChanges } from '../sims/confirm-changes.js';
import { setServices } from '../sims/set-services.js';
import { writeSims } from '../sims/write-sims.js';
import { ratePlans } from './rate-plans.js';

/** States, services and rate plans. The vendor answers first and acts later, so that what it took is `accepted`, and never `unchanged`. */
export function lifecycle(account: Account): Lifecycle {
  return {
    async change({ sims, to, irreversible }, options = {}) {
      if (to === 'retired' && !irreversible) {
        const message = 'retiring ends a SIM for good at this vendor; pass irreversible: true to do that';
        return refuseAll(account.provider, sims, inputError('irreversible', message));
      }
      return writeSims(account, sims, to, (iccids) => changeStates(account, iccids, to, options));
    },
    confirm: (pending, options = {}) => confirmChanges(account, pending, options),
    setServices: ({ sims, services }, options = {}) => setServices(account, sims, services, options),
    ratePlans: ratePlans(account),
  };
}

async function changeStates(account: Account, iccids: readonly string[], to: SettableState, options: WriteOptions) {
  const { client, settings } = account;
  const status = wordOf(to, settings.preActive);
  const results = await bulkWrite(account, iccids, (chunk) =>
    client.changeSimCardStatus({ body: { iccid: [...chunk], status } }, options),
  );
  return settled(account, results, evidenceOf(to), options);
}

/** A move that was refused and that no rule knows is not under way. */
function evidenceOf(to: SettableState): Evidence {
  return {
    isDone: (sim) => sim.state.value === to,
    isProof: ({ state }: Sim) => state.value !== 'unknown' && plan(transitions, state.value, to).legal === null,
  };
}
