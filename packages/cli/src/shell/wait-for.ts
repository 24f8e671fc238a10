import type { CallOptions, PendingChange, SimOutcome } from '@carrierkit/core';
import type { Session } from './session.js';

/**
 * With `--wait`, for a write that is no run: what was accepted, read back until it is done or the time is up. Outcomes stay in their order; what is still
 * open then stays `accepted`.
 */
export async function waitFor(session: Session, outcomes: readonly SimOutcome[]): Promise<readonly SimOutcome[]> {
  const { wait } = session.globals;
  const changes = outcomes.filter((outcome) => 'pending' in outcome);
  if (wait === null || changes.length === 0) return outcomes;
  session.progress.show(`waiting for ${changes.length} accepted changes`);
  const { lifecycle } = await session.fleet();
  const options: CallOptions = { signal: session.world.signal, ...(wait !== true && { deadlineMs: wait }) };
  const confirmed = await lifecycle.confirm(
    changes.map(({ pending }) => pending as PendingChange),
    options,
  );
  const settled = new Map<SimOutcome, SimOutcome>(changes.map((outcome, index) => [outcome, confirmed[index]!]));
  return outcomes.map((outcome) => settled.get(outcome) ?? outcome);
}
