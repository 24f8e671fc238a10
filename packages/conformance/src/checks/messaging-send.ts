import type { Messaging, Recipient, SendOutcome } from '@carrierkit/core';
import { expect } from 'vitest';
import { isDeclared } from '../abilities.js';
import { type Check, notProven, required, wanted } from '../check.js';
import { sendOutcome } from '../shapes/outcomes.js';
import { listOf } from '../shapes/shape.js';
import type { Subject } from '../subject.js';
import { effectsOf, expectNoCall, expectNoEffect, vendorOf } from '../support/effects.js';
import { expectShape } from '../support/expect-shape.js';
import { firstOf } from '../support/known.js';
import { refusals } from '../support/rejection.js';

type AddressAbility = 'messaging.toSim' | 'messaging.toMsisdn';

const check = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `messaging.send: ${promise}`,
  ability: 'messaging.send',
  run,
});

export const messages = ({ fleet }: Subject) => required(fleet.messages, 'messages', 'messaging.send');
export const messaging = ({ provider }: Subject): Messaging =>
  required(provider.messaging, 'messaging', 'messaging.send');

/** Recipients of one kind. */
function addresses(subject: Subject, ability: AddressAbility, count: number): readonly Recipient[] {
  const { sims, msisdns } = messages(subject);
  return ability === 'messaging.toSim'
    ? firstOf(sims, count, 'messages.sims').map((sim) => ({ sim }))
    : firstOf(msisdns, count, 'messages.msisdns').map((msisdn) => ({ msisdn }));
}

/** Recipients of the kind that this provider can send to. */
export function recipients(subject: Subject, count = 1): readonly Recipient[] {
  const toSim = isDeclared(subject.provider, 'messaging.toSim');
  return addresses(subject, toSim ? 'messaging.toSim' : 'messaging.toMsisdn', count);
}

export async function send(
  subject: Subject,
  to: readonly Recipient[],
  options: { readonly text?: string; readonly intent?: string; readonly signal?: AbortSignal } = {},
): Promise<readonly SendOutcome[]> {
  const { text, from } = messages(subject);
  const { text: other, ...writeOptions } = options;
  const message = { to, text: other ?? text, ...(from !== undefined && { from }) };
  return messaging(subject).send(message, writeOptions);
}

function expectSent(subject: Subject, outcomes: readonly SendOutcome[], to: readonly Recipient[]): void {
  expectShape(outcomes, listOf(sendOutcome(subject.provider.id)), 'outcomes');
  expect(
    outcomes.map((outcome) => outcome.to),
    'one outcome per recipient, in input order',
  ).toEqual(to);
}

function expectAccepted(subject: Subject, outcomes: readonly SendOutcome[], to: readonly Recipient[]): void {
  expectSent(subject, outcomes, to);
  for (const outcome of outcomes) {
    const why = 'error' in outcome ? `${outcome.error.kind}: ${outcome.error.message}` : '';
    expect(outcome.status, why).toBe('accepted');
  }
}

/** The two kinds of address have no member of their own: an undeclared one is proven by being refused. */
const addressChecks = (['messaging.toSim', 'messaging.toMsisdn'] as const).map(
  (ability): Check => ({
    name: `${ability}: is sent to as declared`,
    ability: 'messaging.send',
    run: async (subject) => {
      if (isDeclared(subject.provider, ability)) {
        const to = addresses(subject, ability, 2);
        return expectAccepted(subject, await send(subject, to), to);
      }
      const { sims, msisdns } = messages(subject);
      if ((ability === 'messaging.toSim' ? sims : msisdns).length === 0) notProven(`no address to try ${ability} with`);
      const to = addresses(subject, ability, 1);
      const errors = await expectNoEffect(subject, () => refusals(subject.provider, () => send(subject, to)));
      for (const error of errors) expect(['unsupported', 'input'], error.message).toContain(error.kind);
    },
  }),
);

export const messagingSendChecks: readonly Check[] = [
  ...addressChecks,
  check('no recipients give no outcomes', async (subject) => {
    expect(await expectNoEffect(subject, () => send(subject, []))).toEqual([]);
  }),
  check('an unknown SIM among good ones fails alone', async (subject) => {
    if (!isDeclared(subject.provider, 'messaging.toSim')) notProven('it does not send to SIMs');
    const [first, second] = addresses(subject, 'messaging.toSim', 2) as readonly [Recipient, Recipient];
    const to = [first, { sim: subject.fleet.unknownIccid }, second];
    const outcomes = await send(subject, to);
    expectSent(subject, outcomes, to);
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { kind: 'not-found', effect: 'none' } });
    expect([outcomes[0]?.status, outcomes[2]?.status], 'the good ones').toEqual(['accepted', 'accepted']);
  }),
  check('a text that is empty or too long is refused before a call', async (subject) => {
    const { textLimit } = subject.provider.capabilities;
    const texts = ['', ...(textLimit === null ? [] : ['x'.repeat(textLimit + 1)])];
    for (const text of texts) {
      const errors = await expectNoCall(subject, () =>
        refusals(subject.provider, () => send(subject, recipients(subject), { text })),
      );
      for (const error of errors) expect(error.kind, `${text.length} characters`).toBe('input');
    }
  }),
  check('a text of the full length is taken', async (subject) => {
    const { textLimit } = subject.provider.capabilities;
    if (textLimit === null) return notProven('no text limit is declared');
    const to = recipients(subject);
    expectAccepted(subject, await send(subject, to, { text: 'x'.repeat(textLimit) }), to);
  }),
  check('an aborted signal stops a message before it is sent', async (subject) => {
    const signal = AbortSignal.abort();
    const errors = await expectNoEffect(subject, () =>
      refusals(subject.provider, () => send(subject, recipients(subject), { signal })),
    );
    for (const error of errors) expect(error.kind, error.message).toBe('cancelled');
  }),
  check('two equal messages on purpose are two', async (subject) => {
    const to = recipients(subject);
    const effects = await effectsOf(subject, async () => {
      for (let round = 0; round < 2; round += 1) expectAccepted(subject, await send(subject, to), to);
    });
    expect(effects, 'effects at the vendor').toBe(2);
  }),
  check('the same intent is one message where the vendor has keys', async (subject) => {
    if (subject.provider.capabilities.idempotencyKeyHours === null) notProven('the vendor has no keys to trust');
    const to = recipients(subject);
    const effects = await effectsOf(subject, async () => {
      for (const intent of ['conformance-1', 'conformance-1', 'conformance-2'])
        expectAccepted(subject, await send(subject, to, { intent }), to);
    });
    expect(effects, 'effects of three sends with two intents').toBe(2);
  }),
  check('a message whose answer is lost is not reported as failed, and sent once', async (subject) => {
    const lose = wanted(vendorOf(subject).lostReply, 'vendor.lostReply');
    await lose('messaging.send');
    const to = recipients(subject);
    let outcomes: readonly SendOutcome[] = [];
    const effects = await effectsOf(subject, async () => {
      outcomes = await send(subject, to);
    });
    expect(effects, 'effects at the vendor').toBe(1);
    expectSent(subject, outcomes, to);
    expect(['accepted', 'unknown'], 'it was sent').toContain(outcomes[0]?.status);
  }),
  check('a message refused by a failing vendor tells the truth', async (subject) => {
    const fail = wanted(vendorOf(subject).failNext, 'vendor.failNext');
    await fail('messaging.send', 503);
    const to = recipients(subject);
    let outcomes: readonly SendOutcome[] = [];
    const effects = await effectsOf(subject, async () => {
      outcomes = await send(subject, to);
    });
    expectSent(subject, outcomes, to);
    const possible = { accepted: [1], failed: [0], unknown: [0, 1] };
    const status = outcomes[0]?.status ?? 'unknown';
    expect(possible[status], `effects of a message that is ${status}`).toContain(effects);
  }),
];
