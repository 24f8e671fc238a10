import { type CallOptions, type ConnectivityError, type SimTarget, simTargetIccid } from '@carrierkit/core';
import type { Account } from '../account.js';
import { canonicalIccid, requiredIccid } from '../mapping/iccid.js';
import { findSims } from '../sims/find-sims.js';
import { simPages } from '../sims/sim-pages.js';
import { wantedSim } from '../sims/wanted-sim.js';
import type { UsageTarget } from './read-usage.js';

/** The SIMs to ask about, each once, and the ones that could not be found. Targets with a `ref` need no call. */
export async function usageTargets(
  account: Account,
  sims: readonly SimTarget[] | undefined,
  options: CallOptions,
): Promise<{ readonly targets: readonly UsageTarget[]; readonly failures: readonly ConnectivityError[] }> {
  if (sims === undefined) return { targets: await everySim(account, options), failures: [] };
  const wanted = sims.map(wantedSim);
  const bare = wanted.filter((one) => one.by !== 'id');
  const found = await findSims(account, bare, options);
  const targets = new Map<string, UsageTarget>();
  const failures: ConnectivityError[] = [];
  const add = (target: UsageTarget) => targets.set(target.ref, target);
  sims.forEach((sim, index) => {
    const one = wanted[index]!;
    const iccid = simTargetIccid(sim);
    if (one.by === 'id') return add({ iccid: canonicalIccid(iccid) ?? iccid, ref: one.id });
    const result = found[bare.indexOf(one)]!;
    if ('error' in result) return failures.push(result.error);
    return add(toTarget(account, result.sim));
  });
  return { targets: [...targets.values()], failures };
}

async function everySim(account: Account, options: CallOptions): Promise<readonly UsageTarget[]> {
  const targets: UsageTarget[] = [];
  for await (const sim of simPages(account, null, options)) targets.push(toTarget(account, sim));
  return targets;
}

function toTarget({ provider }: Account, sim: Parameters<typeof requiredIccid>[1]): UsageTarget {
  return { iccid: requiredIccid(provider, sim), ref: String(sim.id) };
}
