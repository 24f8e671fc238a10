import type { Ability, Provider, SendOutcome, SimOutcome, SimTarget, WriteOptions } from '@carrierkit/core';
import { partsOf } from '../routing/router.js';
import { type Spread, spread, statusOf } from '../routing/spread.js';
import { unsupported } from '../routing/team.js';
import type { Scope } from './scope.js';

export type SimWrite = (sims: readonly SimTarget[]) => Promise<readonly SimOutcome[]>;

/** A write on SIMs over all providers they are at. A SIM whose provider lacks the ability fails alone. */
export async function writeSims(
  scope: Scope,
  ability: Ability,
  sims: readonly SimTarget[],
  options: WriteOptions | undefined,
  writeOf: (provider: Provider) => SimWrite | undefined,
): Promise<readonly SimOutcome[]> {
  const outcomes = await spread(simSpread(scope, ability, sims, writeOf), options);
  forgetMissing(scope, outcomes, (index) => sims[index]);
  return outcomes;
}

/** A provider that has no such SIM: what was remembered is out of date, and the next call looks for it again. */
export function forgetMissing(
  { router }: Scope,
  outcomes: readonly (SimOutcome | SendOutcome)[],
  target: (index: number) => SimTarget | undefined,
): void {
  for (const [index, outcome] of outcomes.entries()) {
    const sim = target(index);
    const gone = outcome.status === 'failed' && outcome.error.kind === 'not-found';
    if (gone && sim !== undefined && outcome.provider !== null) router.missed(sim, outcome.provider);
  }
}

export function simSpread(
  scope: Scope,
  ability: Ability,
  sims: readonly SimTarget[],
  writeOf: (provider: Provider) => SimWrite | undefined,
): Spread<SimTarget, SimOutcome> {
  return {
    items: sims,
    route: (target, options) => scope.router.route(target, options),
    async call(provider, targets) {
      const write = writeOf(provider);
      if (!write) throw unsupported(ability, [provider.id]);
      return write(targets);
    },
    broken: (target, provider, error) => ({ provider, iccid: iccidOf(target), status: statusOf(error), error }),
  };
}

/** What may have been an ICCID: too long for a telephone number, an IMSI or an IMEI, or shortened by a spreadsheet. */
const LIKE_AN_ICCID = /^([\da-f]{17,}|\d([.,]\d+)?e\+?\d+)$/i;

/** Also of a target that is no good, so that its outcome can be told from the others; empty where it may be something private. */
function iccidOf(target: SimTarget): SimOutcome['iccid'] {
  try {
    return partsOf(target).iccid;
  } catch {
    const given: unknown = typeof target === 'object' && target !== null ? target.iccid : target;
    const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
    return (LIKE_AN_ICCID.test(text.replace(/[\s-]/g, '')) ? text : '') as SimOutcome['iccid'];
  }
}
