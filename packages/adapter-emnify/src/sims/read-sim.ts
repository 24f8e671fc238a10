import { type CallOptions, ConnectivityError } from '@carrierkit/core';
import type { Account } from '../account.js';
import type { SimEntry } from '../operations/sims.js';
import { checkId, checkIdentity, criterionOf, keyOf, keysOf, notFound, type WantedSim } from './wanted-sim.js';

/** Reads one SIM with one call. @throws `not-found`, `conflict` when its ref is another SIM's */
export async function readSim(account: Account, wanted: WantedSim, options: CallOptions): Promise<SimEntry> {
  const { provider, client } = account;
  if (wanted.by === 'id') {
    checkId(provider, wanted.id);
    const sim = await readById(account, wanted.id, options);
    if (sim === null) throw notFound(provider, wanted);
    checkIdentity(provider, wanted, sim);
    return sim;
  }
  const { data } = await client.listSims({ q: criterionOf(wanted), per_page: 10 }, options);
  const key = keyOf(wanted);
  const sim = data.find((candidate) => keysOf(candidate).includes(key));
  if (sim === undefined) throw notFound(provider, wanted);
  return sim;
}

/** `null`: the vendor knows no such SIM (any more). */
export async function readById(
  { client }: Account,
  id: string | number,
  options: CallOptions,
): Promise<SimEntry | null> {
  try {
    return (await client.getSim({ sim_id: id }, options)).data;
  } catch (error) {
    if (ConnectivityError.is(error, 'not-found')) return null;
    throw error;
  }
}
