import { isSettableState } from '@carrierkit/core';
import { expect } from 'vitest';
import { ABILITIES, expectMember, isDeclared } from '../abilities.js';
import { type Check, wanted } from '../check.js';
import { capabilities } from '../shapes/capabilities.js';
import { errorInfo } from '../shapes/outcomes.js';
import type { Subject } from '../subject.js';
import { collect } from '../support/collect.js';
import { expectShape } from '../support/expect-shape.js';
import { rejection } from '../support/rejection.js';

const check = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `provider: ${promise}`,
  ability: null,
  run,
});

export const providerChecks: readonly Check[] = [
  check('has specVersion 1, an id, an adapter name and a client', async ({ provider }) => {
    expect(provider.specVersion).toBe(1);
    expect(provider.id, 'id').toMatch(/\S/);
    expect(provider.adapter, 'adapter').toMatch(/^\S+$/);
    expect(provider.client, 'client').toBeTypeOf('object');
    expect(provider.client, 'client').not.toBeNull();
  }),
  check('declares every capability as plain data', async ({ provider }) => {
    expectShape(provider.capabilities, capabilities, 'capabilities');
  }),
  check('declares none exactly where the member is absent', async ({ provider }) => {
    for (const ability of ABILITIES) expectMember(provider, ability);
    for (const ability of ['inventory.list', 'inventory.get', 'lifecycle.change'] as const)
      expect(isDeclared(provider, ability), `${ability} is the least that a provider does`).toBe(true);
    expect(provider.usage !== undefined, 'usage sources are declared where usage is').toBe(
      provider.capabilities.usage.length > 0,
    );
    expect(provider.messaging !== undefined, 'messaging sends to SIMs, to numbers, or to both').toBe(
      isDeclared(provider, 'messaging.toSim') || isDeclared(provider, 'messaging.toMsisdn'),
    );
  }),
  check('has a coherent transition table', async ({ provider }) => {
    const { rules } = provider.capabilities.transitions;
    const moves = rules.map((rule) => `${rule.from} -> ${rule.to}`);
    expect(
      moves.filter((move, index) => moves.indexOf(move) !== index),
      'moves told twice',
    ).toEqual([]);
    for (const [index, rule] of rules.entries()) {
      const move = moves[index];
      expect(rule.from, `${move} goes nowhere`).not.toBe(rule.to);
      expect(rule.from, `${move}: retired is the end`).not.toBe('retired');
      if (rule.to === 'retired') expect(rule.reversible, `${move} can be undone`).toBe(false);
      if (rule.by === 'customer')
        expect(isSettableState(rule.to), `${move} cannot be asked for: ${rule.to} is the vendor's`).toBe(true);
    }
  }),
  check('check answers null when all is well', async ({ provider }) => {
    expect(await provider.check()).toBeNull();
  }),
  check('check and lists name wrong credentials without showing them', async (subject) => {
    const wrong = wanted(subject.wrongCredentials, 'wrongCredentials');
    const info = await wrong.check();
    expectShape(info, errorInfo(wrong.id), 'answer of check');
    const thrown = await rejection(wrong, () => collect(wrong.inventory.list()));
    for (const error of [info, thrown.toJSON()]) {
      expect(['authentication', 'permission'], error?.message).toContain(error?.kind);
      expect(error?.effect, 'effect of a read').toBe('none');
    }
    await expectNoSecret(subject, [info, thrown.toJSON()]);
  }),
  check('check ends when the signal aborts', async ({ provider }) => {
    const options = { signal: AbortSignal.abort() };
    const info = await provider.check(options).catch(async () => {
      return (await rejection(provider, () => provider.check(options))).toJSON();
    });
    expect(info?.kind).toBe('cancelled');
  }),
  check('shows no secret in SIMs and errors', async (subject) => {
    const { provider, fleet } = subject;
    const sims = await collect(provider.inventory.list());
    const error = await rejection(provider, () => provider.inventory.get(fleet.unknownIccid));
    if (sims[0]) await provider.inventory.secrets?.(sims[0]);
    for (const sim of sims) expect(namedSecrets(sim.raw), `secret members of raw of ${sim.iccid}`).toEqual([]);
    await expectNoSecret(subject, [...sims, error.toJSON()]);
  }),
  check('closes, and closes again', async ({ provider }) => {
    await provider.close();
    await provider.close();
  }),
];

async function expectNoSecret({ fleet }: Subject, values: readonly unknown[]): Promise<void> {
  const shown = JSON.stringify(values);
  for (const secret of (await fleet.secrets?.()) ?? [])
    expect(shown.includes(secret), 'a secret of the known fleet is shown').toBe(false);
}

/** Members that are called like a secret and still hold one. */
function namedSecrets(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const secret = /^(pin|puk|adm|ki|opc?)_?\d?$/i.test(name) && /^[\da-f]{4,}$/i.test(String(inner));
    return secret ? [name] : namedSecrets(inner);
  });
}
