import { type CallOptions, ConnectivityError, sameIccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { requiredIccid } from '../mapping/sim.js';
import type { SimCard } from '../operations/sim-cards.js';
import { checkId, notFound, type WantedSim } from './wanted-sim.js';

/** Reads one SIM with one call. @throws `not-found`, `conflict` when its ref is another SIM's */
export async function readSim(account: Account, wanted: WantedSim, options: CallOptions): Promise<SimCard> {
  return wanted.id === null ? searched(account, wanted, options) : byId(account, wanted, wanted.id, options);
}

async function byId(account: Account, wanted: WantedSim, id: string, options: CallOptions): Promise<SimCard> {
  const { provider } = account;
  checkId(provider, id);
  const card = await readById(account, id, options);
  if (card === null) throw notFound(provider, wanted);
  if (sameIccid(requiredIccid(provider, card), wanted.iccid)) return card;
  const message = `ref ${id} is another SIM than ${wanted.iccid}; leave the ref out, or read the SIM again`;
  throw new ConnectivityError('conflict', message, { provider });
}

/** The vendor's filter finds ICCIDs that hold the text somewhere (documented), so what it gives is compared. */
async function searched(account: Account, wanted: WantedSim, options: CallOptions): Promise<SimCard> {
  const { provider, client } = account;
  const { data } = await client.GetSimCards({ 'filter[iccid]': wanted.iccid }, options);
  const card = data.data.find((candidate) => sameIccid(requiredIccid(provider, candidate), wanted.iccid));
  if (card === undefined) throw notFound(provider, wanted);
  return card;
}

/** `null`: the vendor knows no such SIM (any more). */
export async function readById({ client }: Account, id: string, options: CallOptions): Promise<SimCard | null> {
  try {
    return (await client.GetSimCard({ id }, options)).data.data;
  } catch (error) {
    if (ConnectivityError.is(error, 'not-found')) return null;
    throw error;
  }
}
