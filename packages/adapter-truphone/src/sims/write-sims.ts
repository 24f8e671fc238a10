import { outcomeOf } from '@carrierkit/adapter-kit';
import { type SimOutcome, type SimTarget, simTargetIccid, toInstant, type Wanted } from '@carrierkit/core';
import type { Account } from '../account.js';
import { targetIccid } from '../mapping/iccid.js';

/** What became of a write, for one SIM. */
export type SimResult = { readonly status: 'applied' | 'unchanged' | 'accepted' } | ReturnType<typeof outcomeOf>;

/**
 * The outcomes of a write in the order of its targets: `write` gets each SIM once, by the vendor's ICCID, and says what became of it.
 * `to` is what an accepted change waits for.
 */
export async function writeSims(
  { provider, timing }: Account,
  targets: readonly SimTarget[],
  to: Wanted,
  write: (iccids: readonly string[]) => Promise<ReadonlyMap<string, SimResult>>,
): Promise<readonly SimOutcome[]> {
  const keys = targets.map((target) => {
    try {
      return targetIccid(provider, target);
    } catch (error) {
      return outcomeOf(error);
    }
  });
  const iccids = [...new Set(keys.filter((key) => typeof key === 'string'))];
  const results = iccids.length === 0 ? new Map<string, SimResult>() : await write(iccids);
  const since = toInstant(timing.now());
  return targets.map((target, index): SimOutcome => {
    const iccid = simTargetIccid(target);
    const key = keys[index]!;
    if (typeof key !== 'string') return { provider, iccid, ...key };
    const result = results.get(key)!;
    if ('error' in result) return { provider, iccid, ...result };
    if (result.status !== 'accepted') return { provider, iccid, status: result.status };
    return { provider, iccid, status: 'accepted', pending: { provider, iccid, to, ref: key, since } };
  });
}
