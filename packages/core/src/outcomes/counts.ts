import type { OutcomeCounts, OutcomeStatus } from './outcome.js';

/** No outcomes yet. */
export const noOutcomes: OutcomeCounts = { applied: 0, unchanged: 0, accepted: 0, failed: 0, unknown: 0 };

/** How many outcomes there are of each status: of SIMs, messages or orders alike. */
export function outcomeCounts(outcomes: Iterable<{ readonly status: OutcomeStatus }>): OutcomeCounts {
  const counts: Record<OutcomeStatus, number> = { ...noOutcomes };
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}

/** The sum of two counts. */
export function addCounts(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return {
    applied: a.applied + b.applied,
    unchanged: a.unchanged + b.unchanged,
    accepted: a.accepted + b.accepted,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
  };
}
