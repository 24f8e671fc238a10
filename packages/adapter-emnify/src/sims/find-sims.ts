import { mapConcurrent } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError } from '@carrierkit/core';
import type { Account } from '../account.js';
import { pageSize, parallelCalls } from '../capabilities.js';
import { pageFacts } from '../mapping/page-facts.js';
import type { SimEntry } from '../operations/sims.js';
import { readSim } from './read-sim.js';
import { checkIdentity, keyOf, keysOf, notFound, type WantedSim } from './wanted-sim.js';

/** A SIM as it was `readAt` (epoch ms), or why it was not found. */
export type FoundSim = { readonly sim: SimEntry; readonly readAt: number } | { readonly error: ConnectivityError };

/** So few are read one by one: a page of the list is heavy. */
const few = 3;

/**
 * Finds SIMs, in the order asked, with the fewest calls: one call for each, or one pass over the list, whose first page tells how long it is.
 * Throws for no single SIM; each one asked for twice is read once.
 */
export async function findSims(
  account: Account,
  wanted: readonly WantedSim[],
  options: CallOptions,
): Promise<readonly FoundSim[]> {
  const missing = new Map(wanted.map((one) => [keyOf(one), one]));
  const found = new Map<string, FoundSim>();
  const settle = (key: string, result: FoundSim) => {
    found.set(key, result);
    missing.delete(key);
  };
  if (missing.size > few) await passOver(account, missing, settle, options);
  await mapConcurrent([...missing], parallelCalls, async ([key, one]) =>
    settle(key, await result(account, async () => readSim(account, one, options))),
  );
  return wanted.map((one) => verified(account, one, found.get(keyOf(one))));
}

/** Goes over the list while that takes fewer calls than asking for each; what is then still missing is asked for singly, unless the whole list was seen. */
async function passOver(
  account: Account,
  missing: Map<string, WantedSim>,
  settle: (key: string, result: FoundSim) => void,
  options: CallOptions,
): Promise<void> {
  const seen = new Set<string>();
  const read = async (page: number) => {
    const size = pageSize.max;
    const { data, headers } = await account.client.listSims({ page, per_page: size, sort: 'id' }, options);
    const readAt = account.timing.now();
    for (const sim of data) {
      seen.add(String(sim.id));
      for (const key of keysOf(sim)) if (missing.has(key)) settle(key, { sim, readAt });
    }
    return pageFacts(headers, data.length, size);
  };
  try {
    const { lastPage, total } = await read(1);
    const rest = Array.from({ length: Math.max(0, (lastPage ?? 1) - 1) }, (_, index) => index + 2);
    if (missing.size < rest.length) return;
    await mapConcurrent(rest, parallelCalls, async (page) => {
      if (missing.size > 0) await read(page);
    });
    // SIMs may have moved between pages while we read: only a complete pass proves an absence.
    if (total === null || seen.size < total) return;
    for (const [key, one] of [...missing]) settle(key, { error: notFound(account.provider, one) });
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    for (const key of [...missing.keys()]) settle(key, { error });
  }
}

async function result(account: Account, read: () => Promise<SimEntry>): Promise<FoundSim> {
  try {
    return { sim: await read(), readAt: account.timing.now() };
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    return { error };
  }
}

function verified({ provider }: Account, wanted: WantedSim, found: FoundSim | undefined): FoundSim {
  if (found === undefined || 'error' in found) return found ?? { error: notFound(provider, wanted) };
  try {
    checkIdentity(provider, wanted, found.sim);
    return found;
  } catch (error) {
    return { error: error as ConnectivityError };
  }
}
