import {
  type Iccid,
  illegalTransition,
  isSettableState,
  legalNextStates,
  type SettableState,
  type SimOutcome,
  type SimStateName,
  type SimTarget,
  simStates,
} from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, notProven } from '../check.js';
import type { Subject } from '../subject.js';
import { effectsOf, expectNoEffect } from '../support/effects.js';
import { firstOf, movable } from '../support/known.js';
import { complete, expectDone, expectOutcomes, isAccepted, settle } from '../support/outcomes.js';
import { refusals } from '../support/rejection.js';

const check = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `lifecycle.change: ${promise}`,
  ability: 'lifecycle.change',
  run,
});

const change = ({ provider }: Subject, sims: readonly SimTarget[], to: SettableState): Promise<readonly SimOutcome[]> =>
  provider.lifecycle.change({ sims, to, ...(to === 'retired' && { irreversible: true as const }) });
const stateOf = async ({ provider }: Subject, iccid: Iccid): Promise<string> =>
  (await provider.inventory.get(iccid)).state.value;

export const lifecycleChangeChecks: readonly Check[] = [
  check('a SIM moves, confirms, reads back, and moves back', async (subject) => {
    const iccid = movable(subject.fleet);
    for (const to of [subject.fleet.movable.to, subject.fleet.movable.back]) {
      const outcomes = await change(subject, [iccid], to);
      expect(outcomes[0]?.status, 'a move that was needed is not "unchanged"').not.toBe('unchanged');
      const settled = await complete(subject, [iccid], outcomes);
      expect(settled[0]?.status, `${iccid} to ${to}`).toBe('applied');
      expect(await stateOf(subject, iccid)).toBe(to);
    }
  }),
  check('a SIM that is there already is not moved again', async (subject) => {
    const { fleet } = subject;
    const iccid = movable(fleet);
    await complete(subject, [iccid], await change(subject, [iccid], fleet.movable.to));
    const again = await expectNoEffect(subject, () => change(subject, [iccid], fleet.movable.to));
    await complete(subject, [iccid], again);
    expect(await stateOf(subject, iccid)).toBe(fleet.movable.to);
  }),
  check('nothing is called unchanged on what the caller knew before', async (subject) => {
    const { provider, fleet } = subject;
    const iccid = movable(fleet);
    const listed = await provider.inventory.get(iccid);
    await complete(subject, [iccid], await change(subject, [listed], fleet.movable.to));
    await complete(subject, [iccid], await change(subject, [listed], fleet.movable.back));
    expect(await stateOf(subject, iccid)).toBe(fleet.movable.back);
  }),
  check('several SIMs give one outcome each, in input order', async (subject) => {
    const sims = [...firstOf(subject.fleet.movable.sims, 2, 'movable.sims')].reverse();
    await complete(subject, sims, await change(subject, sims, subject.fleet.movable.to));
    for (const iccid of sims) expect(await stateOf(subject, iccid)).toBe(subject.fleet.movable.to);
  }),
  check('a SIM named twice gives two outcomes and is moved once', async (subject) => {
    const { fleet, provider } = subject;
    const iccid = movable(fleet);
    const sims = [iccid, iccid];
    const before = await fleet.vendor?.effects();
    const outcomes = await change(subject, sims, fleet.movable.to);
    expectOutcomes(provider, outcomes, sims);
    expectDone(outcomes);
    if (before !== undefined) expect(await fleet.vendor?.effects(), 'effects at the vendor').toBe(before + 1);
  }),
  check('an unknown ICCID among good ones fails alone', async (subject) => {
    const { provider, fleet } = subject;
    const [first, second] = firstOf(fleet.movable.sims, 2, 'movable.sims') as readonly [Iccid, Iccid];
    const sims = [first, fleet.unknownIccid, second];
    const outcomes = await change(subject, sims, fleet.movable.to);
    expectOutcomes(provider, outcomes, sims);
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { kind: 'not-found', effect: 'none' } });
    const good = [outcomes[0], outcomes[2]].filter((outcome) => outcome !== undefined);
    await complete(subject, [first, second], good);
    expect(await stateOf(subject, second)).toBe(fleet.movable.to);
  }),
  check('no SIMs give no outcomes', async (subject) => {
    expect(await expectNoEffect(subject, () => change(subject, [], subject.fleet.movable.to))).toEqual([]);
    expect(await subject.provider.lifecycle.confirm([])).toEqual([]);
  }),
  check('a move outside a closed table is refused with the legal next states', closedTable),
  check('an end for good needs irreversible', async (subject) => {
    const { provider, fleet } = subject;
    const iccid = movable(fleet);
    const before = await stateOf(subject, iccid);
    const errors = await expectNoEffect(subject, () =>
      refusals(provider, () => provider.lifecycle.change({ sims: [iccid], to: 'retired' })),
    );
    const canEnd = provider.capabilities.transitions.rules.some(
      (rule) => rule.to === 'retired' && rule.by === 'customer',
    );
    const kinds = canEnd ? ['input'] : ['input', 'illegal-transition', 'unsupported'];
    for (const error of errors) expect(kinds, error.message).toContain(error.kind);
    expect(await stateOf(subject, iccid)).toBe(before);
  }),
  check('a SIM ends for good when told so', async (subject) => {
    const iccid = subject.fleet.retirable ?? notProven('the known fleet gives no `retirable`');
    await complete(subject, [iccid], await change(subject, [iccid], 'retired'));
    const state = await stateOf(subject, iccid).catch((error: { readonly kind?: string }) => error.kind);
    expect(['retired', 'not-found'], 'a vendor may forget an ended SIM').toContain(state);
  }),
  check('an aborted signal stops the write before it starts', async (subject) => {
    const { provider, fleet } = subject;
    const request = { sims: [movable(fleet)], to: fleet.movable.to };
    const errors = await expectNoEffect(subject, () =>
      refusals(provider, () => provider.lifecycle.change(request, { signal: AbortSignal.abort() })),
    );
    for (const error of errors) expect(error.kind, error.message).toBe('cancelled');
  }),
  check('what is still open at the deadline comes back as accepted', async (subject) => {
    const { provider, fleet } = subject;
    const iccid = movable(fleet);
    const [outcome] = await change(subject, [iccid], fleet.movable.to);
    if (!outcome || !isAccepted(outcome)) return notProven('changes are done at once here');
    const open = await provider.lifecycle.confirm([outcome.pending], { deadlineMs: 1 });
    expectOutcomes(provider, open, [iccid]);
    expectDone(open);
    expect((await settle(subject, open))[0]?.status, 'after confirming').toBe('applied');
  }),
  check('a change whose answer is lost is not reported as failed, and happens once', async (subject) => {
    const { provider, fleet } = subject;
    const lose = fleet.vendor?.lostReply ?? notProven('the known fleet gives no `vendor.lostReply`');
    const iccid = movable(fleet);
    await lose('lifecycle.change');
    let outcomes: readonly SimOutcome[] = [];
    const effects = await effectsOf(subject, async () => {
      outcomes = await change(subject, [iccid], fleet.movable.to);
    });
    expect(effects, 'effects at the vendor').toBe(1);
    expectOutcomes(provider, outcomes, [iccid]);
    expect(['applied', 'accepted', 'unknown'], 'it did happen').toContain(outcomes[0]?.status);
  }),
  check('a change refused by a failing vendor tells the truth', async (subject) => {
    const { provider, fleet } = subject;
    const fail = fleet.vendor?.failNext ?? notProven('the known fleet gives no `vendor.failNext`');
    const iccid = movable(fleet);
    await fail('lifecycle.change', 503);
    let outcomes: readonly SimOutcome[] = [];
    const effects = await effectsOf(subject, async () => {
      outcomes = await change(subject, [iccid], fleet.movable.to);
    });
    expectOutcomes(provider, outcomes, [iccid]);
    const possible = { applied: [1], accepted: [1], unchanged: [], failed: [0], unknown: [0, 1] };
    expect(
      possible[outcomes[0]?.status ?? 'unchanged'],
      `effects of a change that is ${outcomes[0]?.status}`,
    ).toContain(effects);
  }),
];

async function closedTable(subject: Subject): Promise<void> {
  const { provider, fleet } = subject;
  const { transitions } = provider.capabilities;
  if (!transitions.closed) return notProven('the table is open: the vendor decides');
  const settable = simStates.filter(isSettableState);
  const states = Object.entries(fleet.sims).filter(([state]) => state !== 'unknown') as [
    SimStateName,
    readonly Iccid[],
  ][];
  const moves = states.flatMap(([from, [iccid]]) =>
    settable
      .filter((to) => to !== from && !legalNextStates(transitions, from).includes(to))
      .flatMap((to) => (iccid === undefined ? [] : [{ from, to, iccid }])),
  );
  if (moves.length === 0) notProven('the known fleet has no SIM in a state from which a move is forbidden');
  for (const { from, to, iccid } of moves) {
    const outcomes = await expectNoEffect(subject, () => change(subject, [iccid], to));
    expectOutcomes(provider, outcomes, [iccid]);
    const { details } = illegalTransition(transitions, from, to);
    expect(outcomes[0], `${from} -> ${to}`).toMatchObject({
      status: 'failed',
      error: { kind: 'illegal-transition', effect: 'none', details },
    });
    expect(await stateOf(subject, iccid)).toBe(from);
  }
}
