import {
  type Ability,
  cancelledError,
  type ErrorInfo,
  type Iccid,
  type SimOutcome,
  type SimTarget,
  simTargetIccid,
  toErrorInfo,
  type Wanted,
  type WriteOptions,
} from '@carrierkit/core';
import type { Vendor, VendorSim } from './vendor.js';

interface Write {
  readonly wanted: Wanted;
  readonly there: (sim: VendorSim) => boolean;
  readonly apply: (sim: VendorSim) => void;
  /** Refused before the write. */
  readonly forbidden?: (sim: VendorSim) => ErrorInfo | null;
}

/** One outcome per target, in input order; a SIM named twice is written once. */
export async function writeSims(
  vendor: Vendor,
  ability: Ability,
  sims: readonly SimTarget[],
  options: WriteOptions | undefined,
  write: Write,
): Promise<readonly SimOutcome[]> {
  if (options?.signal?.aborted) throw cancelledError();
  const outcomes = new Map<Iccid, SimOutcome>();
  for (const iccid of new Set(sims.map(simTargetIccid)))
    outcomes.set(iccid, await writeSim(vendor, ability, iccid, options, write));
  return sims.map((sim) => outcomes.get(simTargetIccid(sim)) as SimOutcome);
}

async function writeSim(
  vendor: Vendor,
  ability: Ability,
  iccid: Iccid,
  options: WriteOptions | undefined,
  { wanted, there, apply, forbidden }: Write,
): Promise<SimOutcome> {
  const item = { provider: 'ref', iccid } as const;
  try {
    const sim = await vendor.call(options?.signal, () => vendor.find(iccid));
    if (there(sim)) return { ...item, status: 'unchanged' };
    const refused = forbidden?.(sim) ?? null;
    if (refused) return { ...item, status: 'failed', error: refused };
    await vendor.call(options?.signal, () => vendor.accept(() => apply(sim)), ability);
  } catch (thrown) {
    const error = toErrorInfo(thrown, { provider: 'ref' });
    return { ...item, status: error.effect === 'unknown' ? 'unknown' : 'failed', error };
  }
  if (vendor.delayMs === 0) return { ...item, status: 'applied' };
  return {
    ...item,
    status: 'accepted',
    pending: { provider: 'ref', iccid, to: wanted, ref: null, since: vendor.instant() },
  };
}
