import {
  assertNever,
  formatMsisdn,
  type OrderOutcome,
  type OutcomeStatus,
  type SendOutcome,
  type SimOutcome,
  simTargetIccid,
} from '@carrierkit/core';
import type { RunOutcome } from '@carrierkit/fleet';
import type { Tone, View } from '../output/view.js';
import { refText } from './ref-text.js';

/** What became of one item of any write, in a run or not. */
export type AnyOutcome = SimOutcome | SendOutcome | OrderOutcome | RunOutcome;

export const outcomeView: View<AnyOutcome> = [
  { name: 'provider', value: ({ provider }) => provider, whole: true },
  { name: 'iccid', value: iccidOf, whole: true },
  { name: 'msisdn', value: msisdnOf, detail: true },
  { name: 'status', value: ({ status }) => status, whole: true, tone: ({ status }) => toneOf(status) },
  { name: 'reference', value: referenceOf, whole: true },
  { name: 'message', value: (outcome) => ('error' in outcome ? outcome.error.message : null) },
  { name: 'errorKind', value: (outcome) => ('error' in outcome ? outcome.error.kind : null), detail: true },
];

/** The same where recipients may be numbers. */
export const sendOutcomeView: View<AnyOutcome> = outcomeView.map((column) => {
  const { detail: _, ...shown } = column;
  return column.name === 'msisdn' ? { ...shown, whole: true } : column;
});

function iccidOf(outcome: AnyOutcome): string | null {
  if ('iccid' in outcome) return outcome.iccid;
  return outcome.to !== null && 'sim' in outcome.to ? simTargetIccid(outcome.to.sim) : null;
}

function msisdnOf(outcome: AnyOutcome): string | null {
  return 'to' in outcome && outcome.to !== null && 'msisdn' in outcome.to ? formatMsisdn(outcome.to.msisdn) : null;
}

/** What the item can be asked about later: a message or an order. */
function referenceOf(outcome: AnyOutcome): string | null {
  if ('message' in outcome) return refText(outcome.message);
  return 'order' in outcome ? refText(outcome.order) : null;
}

function toneOf(status: OutcomeStatus): Tone | null {
  switch (status) {
    case 'applied':
      return 'good';
    case 'unchanged':
      return 'quiet';
    case 'accepted':
      return null;
    case 'failed':
      return 'bad';
    case 'unknown':
      return 'warning';
    default:
      return assertNever(status);
  }
}
