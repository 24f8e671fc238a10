import { mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import { ConnectivityError } from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { notFound } from './find-sims.js';
import type { SimResult } from './write-sims.js';

/** A write that takes one SIM at a time, side by side; throws for none of them. */
export async function oneByOne(
  { provider }: Account,
  iccids: readonly string[],
  write: (iccid: string) => Promise<'applied' | 'unchanged' | 'accepted'>,
): Promise<Map<string, SimResult>> {
  const results = await mapConcurrent(iccids, parallelCalls, async (iccid): Promise<[string, SimResult]> => {
    try {
      return [iccid, { status: await write(iccid) }];
    } catch (error) {
      const missing = ConnectivityError.is(error, 'not-found') && error.effect === 'none';
      return [iccid, outcomeOf(missing ? notFound(provider, { iccid }, error) : error)];
    }
  });
  return new Map(results);
}
