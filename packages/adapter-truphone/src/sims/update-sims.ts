import { outcomeOf, refuseAll } from '@carrierkit/adapter-kit';
import {
  inputError,
  type Sim,
  type SimChanges,
  type SimOutcome,
  type SimTarget,
  type WriteOptions,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { bulkSteps, isFailed, joined } from '../bulk/bulk-steps.js';
import { toSim } from '../mapping/sim.js';
import { findSims } from './find-sims.js';
import { isDone } from './is-done.js';
import { labelSteps } from './label-steps.js';
import { oneByOne } from './one-by-one.js';
import { type SimResult, writeSims } from './write-sims.js';

/**
 * Label, tags and attributes. A label is one call for each SIM, and the vendor carries it out later. Tags and attributes replace the old ones:
 * the SIMs are read, and one bulk call made for each tag and each value that has to come or go.
 */
export async function updateSims(
  account: Account,
  targets: readonly SimTarget[],
  changes: SimChanges,
  options: WriteOptions,
): Promise<readonly SimOutcome[]> {
  try {
    checkLabels(changes);
  } catch (error) {
    return refuseAll(account.provider, targets, error);
  }
  const { label, tags, attributes } = changes;
  return writeSims(account, targets, { changes }, async (iccids) => {
    const isRead = tags !== undefined || attributes !== undefined;
    const results = isRead ? await relabel(account, iccids, changes, options) : new Map<string, SimResult>();
    if (label === undefined) return results;
    const going = iccids.filter((iccid) => !isFailed(results.get(iccid)) && results.get(iccid)?.status !== 'unchanged');
    const labelled = await oneByOne(account, going, async (iccid) => {
      await account.client.updateSimCard({ iccid, body: { label } }, options);
      return 'accepted';
    });
    for (const [iccid, result] of labelled) results.set(iccid, joined(results.get(iccid), result));
    return results;
  });
}

/** Tags and attributes of SIMs that are read for it; those that are as wanted, label included, are left alone. */
async function relabel(
  account: Account,
  iccids: readonly string[],
  changes: SimChanges,
  options: WriteOptions,
): Promise<Map<string, SimResult>> {
  const wanted = iccids.map((iccid) => ({ iccid }));
  const found = await findSims(account, wanted, options);
  const results = new Map<string, SimResult>();
  const sims = new Map<string, Sim>();
  iccids.forEach((iccid, index) => {
    const read = found[index]!;
    if ('error' in read) results.set(iccid, outcomeOf(read.error));
    else {
      const sim = toSim(account.provider, read.card);
      if (isDone(sim, { changes })) results.set(iccid, { status: 'unchanged' });
      else sims.set(iccid, sim);
    }
  });
  const done = await bulkSteps(account, labelSteps(account, sims, changes, options), options);
  for (const iccid of sims.keys()) results.set(iccid, done.get(iccid) ?? { status: 'applied' });
  return results;
}

/** @throws `input` for what the vendor does not take as a label of a tag or attribute */
function checkLabels({ label, tags, attributes }: SimChanges): void {
  const rule = 'expected letters, digits and blanks only';
  if (label === undefined && tags === undefined && attributes === undefined)
    throw inputError('changes', 'name at least one of label, tags and attributes');
  for (const tag of tags ?? []) if (!isLabel(tag)) throw inputError('changes.tags', rule);
  for (const name of Object.keys(attributes ?? {})) if (!isLabel(name)) throw inputError('changes.attributes', rule);
}

function isLabel(text: string): boolean {
  return /^[A-Za-z0-9\s]+$/.test(text) && text.trim() !== '';
}
