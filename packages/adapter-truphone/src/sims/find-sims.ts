import { mapConcurrent } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError, type Msisdn, msisdnFromVendor, type ProviderId } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { pageFacts } from '../mapping/page-facts.js';
import type { SimCard } from '../operations/sims.js';

/** A SIM to be found, by the ICCID as the vendor spells it or by number. */
export type WantedSim = { readonly iccid: string } | { readonly msisdn: Msisdn };
export type FoundSim = { readonly card: SimCard } | { readonly error: ConnectivityError };

/** So few are read one by one: a page of the list is heavy. */
const few = 3;

/**
 * Finds SIMs, in the order asked, with the fewest calls: one for each, or one pass over the list, whose first page tells how long it is.
 * Throws for no single SIM; each one asked for twice is read once.
 */
export async function findSims(
  account: Account,
  wanted: readonly WantedSim[],
  options: CallOptions,
): Promise<readonly FoundSim[]> {
  const missing = new Map(wanted.map((one) => [keyOf(one), one]));
  const found = new Map<string, FoundSim>();
  if (missing.size > few) await passOver(account, missing, found, options);
  await mapConcurrent([...missing], parallelCalls, async ([key, one]) => {
    if (!found.has(key)) found.set(key, await result(() => readSim(account, one, options)));
  });
  return wanted.map((one) => found.get(keyOf(one)) ?? { error: notFound(account.provider, one) });
}

/** Reads one SIM with one call. @throws `not-found` */
export async function readSim(
  { provider, client }: Account,
  wanted: WantedSim,
  options: CallOptions,
): Promise<SimCard> {
  if ('msisdn' in wanted) {
    const { data } = await client.listSimCards({ msisdns: wanted.msisdn, per_page: 10 }, options);
    const card = data.find((candidate) => keysOf(candidate).includes(keyOf(wanted)));
    if (card === undefined) throw notFound(provider, wanted);
    return card;
  }
  try {
    return (await client.getSimCard({ iccid: wanted.iccid }, options)).data;
  } catch (error) {
    if (!ConnectivityError.is(error, 'not-found')) throw error;
    throw notFound(provider, wanted, error);
  }
}

/** Goes over the list while that takes fewer calls than asking for each. What is then still missing is asked for singly: SIMs may move between pages meanwhile. */
async function passOver(
  { client }: Account,
  missing: Map<string, WantedSim>,
  found: Map<string, FoundSim>,
  options: CallOptions,
): Promise<void> {
  const read = async (page: number) => {
    const size = pageSize.max;
    const { data, headers } = await client.listSimCards({ page, per_page: size, ordering: 'iccid' }, options);
    for (const card of data) for (const key of keysOf(card)) if (missing.delete(key)) found.set(key, { card });
    return pageFacts(headers, data.length, size).lastPage ?? 1;
  };
  try {
    const rest = Array.from({ length: (await read(1)) - 1 }, (_, index) => index + 2);
    if (missing.size < rest.length) return;
    await mapConcurrent(rest, parallelCalls, async (page) => {
      if (missing.size > 0) await read(page);
    });
  } catch (error) {
    // Whoever cannot list may still read; what is wrong for all is told with each.
    if (!ConnectivityError.is(error)) throw error;
  }
}

async function result(read: () => Promise<SimCard>): Promise<FoundSim> {
  try {
    return { card: await read() };
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    return { error };
  }
}

function keyOf(wanted: WantedSim): string {
  return 'iccid' in wanted ? `iccid:${wanted.iccid}` : `msisdn:${wanted.msisdn}`;
}

function keysOf({ iccid, primaryMsisdn, msisdns }: SimCard): readonly string[] {
  const numbers = [primaryMsisdn, ...(msisdns ?? [])].map((number) => `msisdn:${msisdnFromVendor(number)}`);
  return [`iccid:${iccid}`, ...numbers];
}

export function notFound(
  provider: ProviderId,
  wanted: WantedSim,
  cause: Pick<ConnectivityError, 'operation' | 'status'> | null = null,
): ConnectivityError<'not-found'> {
  const what = 'msisdn' in wanted ? 'the number' : `ICCID ${wanted.iccid}`;
  const { operation = null, status = null } = cause ?? {};
  return new ConnectivityError('not-found', `provider '${provider}' has no SIM with ${what}`, {
    provider,
    operation,
    status,
  });
}
