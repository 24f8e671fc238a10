import { ConnectivityError, type Sim, type SimChanges, type WriteOptions } from '@carrierkit/core';
import type { Account } from '../account.js';
import type { BulkStep } from '../bulk/bulk-steps.js';

/** The bulk calls that give these SIMs the tags and attributes that are wanted and take the others away. */
export function labelSteps(
  account: Account,
  sims: ReadonlyMap<string, Sim>,
  { tags, attributes }: SimChanges,
  options: WriteOptions,
): readonly BulkStep[] {
  return [
    ...(tags === undefined ? [] : tagSteps(account, sims, tags, options)),
    ...(attributes === undefined ? [] : attributeSteps(account, sims, attributes, options)),
  ];
}

function tagSteps(
  { client }: Account,
  sims: ReadonlyMap<string, Sim>,
  tags: readonly string[],
  options: WriteOptions,
): readonly BulkStep[] {
  const step = (label: string, carries: boolean): BulkStep => ({
    name: `tag '${label}'`,
    iccids: chosen(sims, (sim) => sim.tags.includes(label) !== carries),
    write: (simCards) => {
      const body = { label, body: { simCards } };
      if (!carries) return client.unassignTagFromSimCards(body, options);
      const define = () => client.createTag({ body: { label, description: '' } }, options);
      return defined(() => client.assignTagToSimCards(body, options), define);
    },
    evidence: { isDone: (sim) => sim.tags.includes(label) === carries, isProof: () => true },
    atOnce: true,
  });
  const surplus = new Set([...sims.values()].flatMap((sim) => sim.tags.filter((tag) => !tags.includes(tag))));
  return [...[...new Set(tags)].map((tag) => step(tag, true)), ...[...surplus].map((tag) => step(tag, false))];
}

function attributeSteps(
  { client }: Account,
  sims: ReadonlyMap<string, Sim>,
  attributes: Readonly<Record<string, string>>,
  options: WriteOptions,
): readonly BulkStep[] {
  const step = (label: string, value: string): BulkStep => ({
    name: `attribute '${label}'`,
    iccids: chosen(sims, (sim) => valueOf(sim, label) !== value),
    write: (simCards) => {
      const set = () => client.setAttributeValue({ label, body: { simCards, value } }, options);
      const define = () => client.createAttribute({ body: { label, description: '' } }, options);
      return defined(set, define);
    },
    evidence: { isDone: (sim) => valueOf(sim, label) === value, isProof: () => true },
    atOnce: true,
  });
  const surplus = new Set(
    [...sims.values()].flatMap((sim) => Object.keys(sim.attributes).filter((name) => !Object.hasOwn(attributes, name))),
  );
  return [
    ...Object.entries(attributes).map(([label, value]) => step(label, value)),
    ...[...surplus].map((label) => step(label, '')),
  ];
}

/** A tag or attribute that the account does not have yet is made, then the write goes out again. */
async function defined(write: () => Promise<unknown>, define: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!ConnectivityError.is(error, 'not-found')) throw error;
    try {
      await define();
    } catch (refusal) {
      // Somebody else made it meanwhile, or it was made and the answer lost: the write will tell.
      const made = ConnectivityError.is(refusal) && (refusal.kind === 'conflict' || refusal.effect === 'unknown');
      if (!made) throw refusal;
    }
    await write();
  }
}

function chosen(sims: ReadonlyMap<string, Sim>, isMeant: (sim: Sim) => boolean): readonly string[] {
  return [...sims].flatMap(([iccid, sim]) => (isMeant(sim) ? [iccid] : []));
}

function valueOf({ attributes }: Sim, label: string): string {
  return Object.hasOwn(attributes, label) ? (attributes[label] ?? '') : '';
}
