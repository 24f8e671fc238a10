import { outcomeOf } from '@carrierkit/adapter-kit';
import { type CallOptions, ConnectivityError, type Sim } from '@carrierkit/core';
import type { Account } from '../account.js';
import { toSim } from '../mapping/sim.js';
import { findSims } from '../sims/find-sims.js';
import type { SimResult } from '../sims/write-sims.js';
import type { BulkResults } from './bulk-write.js';

/** How a SIM shows what became of a write. */
export interface Evidence {
  readonly isDone: (sim: Sim) => boolean;
  /** The SIM is not as it was wanted: does that, after a refusal, prove that nothing happened? Changes take their time here. */
  readonly isProof: (sim: Sim) => boolean;
}

/** What became of each SIM of a bulk write: those in doubt are read. */
export async function settled(
  account: Account,
  { known, doubtful }: BulkResults,
  evidence: Evidence,
  options: CallOptions,
): Promise<ReadonlyMap<string, SimResult>> {
  if (doubtful.size === 0) return known;
  const results = new Map(known);
  const doubts = [...doubtful];
  const wanted = doubts.map(([iccid]) => ({ iccid }));
  const found = await findSims(account, wanted, options);
  doubts.forEach(([iccid, error], index) => {
    const read = found[index]!;
    results.set(iccid, judge(error, 'card' in read ? toSim(account.provider, read.card) : null, evidence));
  });
  return results;
}

function judge(error: ConnectivityError, sim: Sim | null, { isDone, isProof }: Evidence): SimResult {
  if (sim !== null && isDone(sim)) return { status: 'applied' };
  const effect = error.effect === 'none' && sim !== null && isProof(sim) ? 'none' : 'unknown';
  return outcomeOf(new ConnectivityError(error.kind, error.message, { ...error.toJSON(), effect }));
}
