import { type CallOptions, ConnectivityError, type SimTarget, sameIccid, simTargetIccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { requiredIccid } from '../mapping/sim.js';
import type { SimEntry } from '../operations/sims.js';

/** One SIM as it is now: by the vendor's id where the caller has it, else by its ICCID. @throws `not-found`, `conflict` when its ref is another SIM's */
export async function readSim(account: Account, target: SimTarget, options: CallOptions): Promise<SimEntry> {
  const { provider, client } = account;
  const iccid = simTargetIccid(target);
  const ref = typeof target === 'string' ? undefined : target.ref;
  if (ref !== undefined) {
    const { data } = await client.getSim({ sim_id: ref }, options);
    if (sameIccid(requiredIccid(provider, data), iccid)) return data;
    const message = `ref ${ref} is another SIM than ${iccid}; leave the ref out, or read the SIM again`;
    throw new ConnectivityError('conflict', message, { provider });
  }
  const { data } = await client.listSims({ iccid }, options);
  const found = data.sims.find((entry) => sameIccid(requiredIccid(provider, entry), iccid));
  if (found !== undefined) return found;
  throw new ConnectivityError('not-found', `provider '${provider}' has no SIM with ICCID ${iccid}`, { provider });
}
