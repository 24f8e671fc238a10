import type { SimChanges } from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, required, wanted } from '../check.js';
import { batchCheck, secrets as secretsShape } from '../shapes/model.js';
import { simOutcome } from '../shapes/outcomes.js';
import { listOf } from '../shapes/shape.js';
import type { Subject } from '../subject.js';
import { expectNoEffect } from '../support/effects.js';
import { expectShape } from '../support/expect-shape.js';
import { knownSims, oneOf } from '../support/known.js';
import { complete, expectDone, expectOutcomes } from '../support/outcomes.js';
import { expectRejection, refusals } from '../support/rejection.js';

const check = (
  ability: 'inventory.update' | 'inventory.secrets' | 'inventory.batches',
  promise: string,
  run: (subject: Subject) => Promise<void>,
): Check => ({
  name: `${ability}: ${promise}`,
  ability,
  run,
});

const editable = ({ fleet }: Subject) => {
  const { sims, changes } = required(fleet.editable, 'editable', 'inventory.update');
  return { iccid: oneOf(sims, 'editable.sims'), changes };
};

const updateChecks: readonly Check[] = [
  check('inventory.update', 'what is changed reads back, and nothing else is touched', async (subject) => {
    const { inventory } = subject.provider;
    const { iccid, changes } = editable(subject);
    const before = await inventory.get(iccid);
    await complete(subject, [iccid], (await inventory.update?.({ sims: [iccid], changes })) ?? []);
    const { label, tags, attributes } = await inventory.get(iccid);
    expect({ label, tags: [...tags].sort(), attributes }).toEqual(afterwards(before, changes));
  }),
  check('inventory.update', 'an unknown ICCID fails alone', async (subject) => {
    const { provider, fleet } = subject;
    const { iccid, changes } = editable(subject);
    const sims = [fleet.unknownIccid, iccid];
    const outcomes = (await provider.inventory.update?.({ sims, changes })) ?? [];
    expectOutcomes(provider, outcomes, sims);
    expect(outcomes[0], 'outcome of the unknown ICCID').toMatchObject({
      status: 'failed',
      error: { kind: 'not-found' },
    });
    expectDone(outcomes.slice(1));
  }),
];

function afterwards(
  before: { readonly label: string | null; readonly tags: readonly string[]; readonly attributes: object },
  changes: SimChanges,
): object {
  return {
    label: changes.label === undefined ? before.label : changes.label || null,
    tags: [...(changes.tags ?? before.tags)].sort(),
    attributes: changes.attributes ?? before.attributes,
  };
}

const secretsChecks: readonly Check[] = [
  check('inventory.secrets', 'are told on demand, each as a text or null', async ({ provider, fleet }) => {
    const secrets = await provider.inventory.secrets?.(oneOf(knownSims(fleet), 'sims'));
    expectShape(secrets, secretsShape, 'the secrets');
    expect(
      Object.values(secrets ?? {}).some((secret) => secret !== null),
      'at least one is told',
    ).toBe(true);
  }),
  check('inventory.secrets', 'of an unknown ICCID are not-found', async ({ provider, fleet }) => {
    await expectRejection(provider, 'not-found', async () => provider.inventory.secrets?.(fleet.unknownIccid));
  }),
];

const codes = ({ fleet }: Subject) => required(fleet.batches, 'batches', 'inventory.batches');

const batchChecks: readonly Check[] = [
  check(
    'inventory.batches',
    'a code is validated, and the reason told when it cannot be registered',
    async (subject) => {
      const { provider } = subject;
      const { registrable, registered, unknown, foreign } = codes(subject);
      const expected = [
        [registrable, null],
        [registered, 'already-registered'],
        [unknown, 'unknown-code'],
        ...(foreign === undefined ? [] : [[foreign, 'foreign-sims'] as const]),
      ] as const;
      for (const [code, reason] of expected) {
        const found = await expectNoEffect(subject, async () => provider.inventory.batches?.validate({ code }));
        expectShape(found, batchCheck(provider.id), 'the batch');
        expect(found).toMatchObject({ code, reason, registrable: reason === null });
      }
    },
  ),
  check('inventory.batches', 'registering brings the SIMs of the batch into the inventory', async (subject) => {
    const { provider } = subject;
    const code = codes(subject).registrable;
    const registered = await provider.inventory.batches?.register({ code, state: 'inventory' });
    expect(registered?.code).toBe(code);
    const outcomes = registered?.outcomes ?? [];
    expect(outcomes.length, 'SIMs of the batch').toBeGreaterThan(0);
    expectShape(outcomes, listOf(simOutcome(provider.id)), 'outcomes');
    await complete(
      subject,
      outcomes.map((outcome) => outcome.iccid),
      outcomes,
    );
    for (const { iccid } of outcomes) expect((await provider.inventory.get(iccid)).state.value).toBe('inventory');
  }),
  check('inventory.batches', 'a code that cannot be registered is refused', async (subject) => {
    const { provider } = subject;
    const { registered, unknown } = codes(subject);
    for (const code of [registered, unknown])
      await expectNoEffect(subject, () =>
        refusals(provider, async () => {
          const answer = await provider.inventory.batches?.register({ code, state: 'inventory' });
          return answer?.outcomes ?? [];
        }),
      );
  }),
  check('inventory.batches', 'a code is not registered twice when the answer is lost', async (subject) => {
    const { provider, fleet } = subject;
    const code = codes(subject).registrable;
    const lose = wanted(fleet.vendor?.lostReply, 'vendor.lostReply');
    await lose('inventory.batches');
    const effects = await fleet.vendor?.effects();
    const result = await provider.inventory.batches?.register({ code, state: 'inventory' }).then(
      ({ outcomes }) => outcomes.map((outcome) => outcome.status),
      (error: unknown) => error,
    );
    expect(await fleet.vendor?.effects(), 'effects at the vendor').toBe((effects ?? 0) + 1);
    if (Array.isArray(result)) expect(result, 'the batch was registered').not.toContain('failed');
    else expect(result, 'what happened is not known').toMatchObject({ effect: 'unknown' });
  }),
];

export const inventoryWriteChecks: readonly Check[] = [...updateChecks, ...secretsChecks, ...batchChecks];
