import type { Iccid, PendingChange, Provider, SimOutcome } from '@carrierkit/core';
import { expect } from 'vitest';
import { simOutcome } from '../shapes/outcomes.js';
import { listOf } from '../shapes/shape.js';
import type { Subject } from '../subject.js';
import { expectShape } from './expect-shape.js';

/** Far more than a network needs for one change. */
const STEP_MS = 60_000;
const ROUNDS = 10;

/** One outcome per item, in input order, each in full shape. */
export function expectOutcomes(provider: Provider, outcomes: readonly SimOutcome[], iccids: readonly Iccid[]): void {
  expectShape(outcomes, listOf(simOutcome(provider.id)), 'outcomes');
  expect(
    outcomes.map((outcome) => outcome.iccid),
    'one outcome per item, in input order',
  ).toEqual(iccids);
}

/** Fails with the error's own text, which says more than "expected applied". */
export function expectDone(outcomes: readonly SimOutcome[]): void {
  for (const outcome of outcomes) {
    const why = 'error' in outcome ? `${outcome.error.kind}: ${outcome.error.message}` : '';
    expect(['applied', 'unchanged', 'accepted'], `${outcome.iccid} ${why}`).toContain(outcome.status);
  }
}

/** Lets time pass and confirms until nothing is pending; what was never pending stays as it is. */
export async function settle(subject: Subject, outcomes: readonly SimOutcome[]): Promise<readonly SimOutcome[]> {
  let settled = outcomes;
  for (let round = 0; round < ROUNDS && settled.some(isAccepted); round += 1) {
    await subject.advance?.(STEP_MS);
    const pending = settled.filter(isAccepted).map((outcome) => overTheWire(outcome.pending));
    const confirmed = [...(await subject.provider.lifecycle.confirm(pending))];
    expectOutcomes(
      subject.provider,
      confirmed,
      pending.map((change) => change.iccid),
    );
    settled = settled.map((outcome) => (isAccepted(outcome) ? (confirmed.shift() ?? outcome) : outcome));
  }
  return settled;
}

/** Runs a write to its end: every item must come out applied or unchanged. */
export async function complete(
  subject: Subject,
  iccids: readonly Iccid[],
  outcomes: readonly SimOutcome[],
): Promise<readonly SimOutcome[]> {
  expectOutcomes(subject.provider, outcomes, iccids);
  expectDone(outcomes);
  const settled = await settle(subject, outcomes);
  for (const outcome of settled) {
    expect(['applied', 'unchanged'], `${outcome.iccid} after confirming`).toContain(outcome.status);
  }
  return settled;
}

export const isAccepted = (outcome: SimOutcome): outcome is SimOutcome & { readonly status: 'accepted' } =>
  outcome.status === 'accepted';

/** A pending change is data: it lives in journals and comes back after a crash. */
function overTheWire(pending: PendingChange): PendingChange {
  return JSON.parse(JSON.stringify(pending)) as PendingChange;
}
