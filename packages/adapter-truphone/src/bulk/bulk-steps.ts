import { outcomeOf } from '@carrierkit/adapter-kit';
import { ConnectivityError, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import type { SimResult } from '../sims/write-sims.js';
import { bulkWrite } from './bulk-write.js';
import { type Evidence, settled } from './settle-bulk.js';

/** One bulk write of several that make up a change. */
export interface BulkStep {
  /** For messages. */
  readonly name: string;
  readonly iccids: readonly string[];
  readonly write: (iccids: string[]) => Promise<unknown>;
  readonly evidence: Evidence;
  /** Whether its success means done, not only taken. */
  readonly atOnce: boolean;
}

/** The steps in their order; a SIM that failed with one is not tried with the next. */
export async function bulkSteps(
  account: Account,
  steps: readonly BulkStep[],
  options: WriteOptions,
): Promise<Map<string, SimResult>> {
  const results = new Map<string, SimResult>();
  const done = new Map<string, readonly string[]>();
  for (const { name, iccids, write, evidence, atOnce } of steps) {
    const going = iccids.filter((iccid) => !isFailed(results.get(iccid)));
    const written = await bulkWrite(account, going, (chunk) => write([...chunk]));
    for (const [iccid, result] of await settled(account, written, evidence, options)) {
      const before = done.get(iccid) ?? [];
      results.set(iccid, joined(results.get(iccid), told(result, atOnce, before)));
      if (!isFailed(result)) done.set(iccid, [...before, name]);
    }
  }
  return results;
}

function told(result: SimResult, atOnce: boolean, before: readonly string[]): SimResult {
  if (!isFailed(result)) return atOnce ? { status: 'applied' } : result;
  if (before.length === 0) return result;
  // A failure after another step is no failure of the whole: that much was done.
  const message = `${before.join(' and ')} went well, then: ${result.error.message}`;
  return outcomeOf(new ConnectivityError(result.error.kind, message, { ...result.error, effect: 'unknown' }));
}

/** As soon as one part is still under way, the whole is. */
export function joined(before: SimResult | undefined, now: SimResult): SimResult {
  return before?.status === 'accepted' && !isFailed(now) ? before : now;
}

export function isFailed(result: SimResult | undefined): result is ReturnType<typeof outcomeOf> {
  return result !== undefined && 'error' in result;
}
