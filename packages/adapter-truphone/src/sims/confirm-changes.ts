import { lookUntil, outcomeOf } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  type ConnectivityError,
  type ErrorKind,
  type PendingChange,
  type SimOutcome,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { targetIccid } from '../mapping/iccid.js';
import { toSim } from '../mapping/sim.js';
import { findSims } from './find-sims.js';
import { isDone } from './is-done.js';

const defaultDeadlineMs = 120_000;

/** What may be better the next time. */
const passing: ReadonlySet<ErrorKind> = new Set(['unavailable', 'timeout', 'rate-limited', 'cancelled']);

type Result = { readonly status: 'applied' } | ReturnType<typeof outcomeOf>;

/** Reads the SIMs until each is as it should be or the deadline passes; what is still open then stays accepted. All that are open are read together. */
export async function confirmChanges(
  account: Account,
  pending: readonly PendingChange[],
  options: CallOptions,
): Promise<readonly SimOutcome[]> {
  const { provider, timing, settings } = account;
  const deadline = timing.now() + (options.deadlineMs ?? settings.deadlineMs ?? defaultDeadlineMs);
  // The deadline is the whole wait's; one read keeps its own.
  const { deadlineMs: _, ...callOptions } = options;
  const results = new Map<PendingChange, Result>();
  const openOnes = () => pending.filter((change) => !results.has(change));
  if (pending.length > 0)
    await lookUntil(
      () => look(account, openOnes(), results, callOptions),
      () => openOnes().length === 0,
      { timing, deadline, signal: options.signal },
    );
  return pending.map((change) => {
    const { iccid } = change;
    return { provider, iccid, ...(results.get(change) ?? { status: 'accepted', pending: change }) } as SimOutcome;
  });
}

/** Settles what can be told now. */
async function look(
  account: Account,
  open: readonly PendingChange[],
  results: Map<PendingChange, Result>,
  options: CallOptions,
): Promise<void> {
  const { provider } = account;
  const wanted = open.map(({ iccid }) => ({ iccid: targetIccid(provider, iccid) }));
  const found = await findSims(account, wanted, options);
  open.forEach((change, index) => {
    const read = found[index]!;
    if ('error' in read) {
      const result = unreadable(read.error, change);
      if (result !== null) results.set(change, result);
    } else if (isDone(toSim(provider, read.card), change.to)) results.set(change, { status: 'applied' });
  });
}

/** `null`: it can be looked at another time. One that is gone has ended; otherwise nobody can tell what became of the change. */
function unreadable(error: ConnectivityError, { to }: PendingChange): Result | null {
  if (passing.has(error.kind)) return null;
  if (error.kind !== 'not-found') return { ...outcomeOf(error), status: 'unknown' };
  return to === 'retired' ? { status: 'applied' } : outcomeOf(error);
}
