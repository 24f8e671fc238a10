import { mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import { ConnectivityError, type ErrorKind, inChunks } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { notFound } from '../sims/find-sims.js';
import type { SimResult } from '../sims/write-sims.js';
import { blamesRequest, namedSims } from './named-sims.js';

/** What the calls tell of each SIM; `doubtful`: it was refused or its answer lost, and it may have happened all the same. */
export interface BulkResults {
  readonly known: Map<string, SimResult>;
  readonly doubtful: Map<string, ConnectivityError>;
}

/** After these no other call will fare better. */
const hopeless: ReadonlySet<ErrorKind> = new Set(['authentication', 'permission', 'cancelled']);

/**
 * A converging write (doing it twice is doing it once) to any number of SIMs, as many in one call as the setting says. One SIM that the vendor refuses fails a whole call,
 * and whether the others were done is not told: the ones it names are taken out and the others sent again; if it names none, the call is split in two.
 */
export async function bulkWrite(
  account: Account,
  iccids: readonly string[],
  write: (iccids: readonly string[]) => Promise<unknown>,
): Promise<BulkResults> {
  const results: BulkResults = { known: new Map(), doubtful: new Map() };
  let end: ConnectivityError | null = null;
  await mapConcurrent(inChunks(iccids, account.settings.simsPerCall), parallelCalls, (chunk) => attempt(chunk, false));
  return results;

  /** `again`: these SIMs were in a call before. */
  async function attempt(chunk: readonly string[], again: boolean): Promise<void> {
    try {
      if (end !== null) throw end;
      await write(chunk);
      for (const iccid of chunk) results.known.set(iccid, { status: 'accepted' });
    } catch (error) {
      if (!ConnectivityError.is(error)) throw error;
      if (hopeless.has(error.kind)) end ??= unsent(error);
      await isolate(chunk, error, again);
    }
  }

  async function isolate(chunk: readonly string[], error: ConnectivityError, again: boolean): Promise<void> {
    const { unknown, refused } = namedSims(error, chunk);
    for (const iccid of unknown) results.known.set(iccid, outcomeOf(notFound(account.provider, { iccid }, error)));
    const rest = chunk.filter((iccid) => !unknown.has(iccid) && !refused.has(iccid));
    const faulty = unknown.size + refused.size > 0;
    if (faulty) {
      for (const iccid of refused) settle(iccid, error, again);
      if (rest.length > 0) await attempt(rest, true);
    } else if (chunk.length === 1 || error.effect === 'unknown' || blamesRequest(error)) {
      for (const iccid of chunk) settle(iccid, error, again);
    } else {
      const middle = Math.ceil(chunk.length / 2);
      await attempt(chunk.slice(0, middle), true);
      await attempt(chunk.slice(middle), true);
    }
  }

  function settle(iccid: string, error: ConnectivityError, again: boolean): void {
    if (again || error.effect === 'unknown') results.doubtful.set(iccid, error);
    else results.known.set(iccid, outcomeOf(error));
  }
}

/** The error of a call that was not made because of an earlier one. */
function unsent(error: ConnectivityError): ConnectivityError {
  return new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect: 'none' });
}
