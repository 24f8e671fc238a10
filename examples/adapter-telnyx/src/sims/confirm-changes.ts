import { lookUntil, mapConcurrent, outcomeOf } from '@carrierkit/adapter-kit';
import {
  type CallOptions,
  ConnectivityError,
  type ErrorKind,
  type PendingChange,
  type SimOutcome,
} from '@carrierkit/core';
import type { Account } from '../account.js';
import { parallelCalls } from '../capabilities.js';
import { headingOf, stateOf } from '../mapping/state.js';
import { readSim } from './read-sim.js';

const defaultDeadlineMs = 120_000;

/** What may be better the next time. */
const passing: ReadonlySet<ErrorKind> = new Set(['unavailable', 'timeout', 'rate-limited']);

type Result = { readonly status: 'applied' } | ReturnType<typeof outcomeOf>;

/** Looks until each change is done or failed or the deadline passes; what is still open then stays accepted. */
export async function confirmChanges(
  account: Account,
  pending: readonly PendingChange[],
  options: CallOptions,
): Promise<readonly SimOutcome[]> {
  const { timing, settings } = account;
  const { deadlineMs = settings.deadlineMs ?? defaultDeadlineMs, ...callOptions } = options;
  const deadline = timing.now() + deadlineMs;
  return mapConcurrent(pending, parallelCalls, (change) => confirmed(account, change, deadline, callOptions));
}

async function confirmed(
  account: Account,
  change: PendingChange,
  deadline: number,
  options: CallOptions,
): Promise<SimOutcome> {
  const { provider, timing } = account;
  const { iccid } = change;
  const result = await lookUntil(
    () => looked(account, change, options),
    (seen) => seen !== null,
    { timing, deadline, signal: options.signal },
  );
  return { provider, iccid, ...(result ?? { status: 'accepted', pending: change }) };
}

/** `null`: still open, or it cannot be told now. */
async function looked(account: Account, change: PendingChange, options: CallOptions): Promise<Result | null> {
  try {
    return (await byAction(account, change, options)) ?? (await bySim(account, change, options));
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    if (passing.has(error.kind) || error.kind === 'cancelled') return null;
    if (error.kind === 'not-found' && change.to === 'retired') return { status: 'applied' };
    // What became of the change is not known when it cannot be looked at.
    return error.kind === 'not-found' ? outcomeOf(error) : { ...outcomeOf(error), status: 'unknown' };
  }
}

/** Only the action tells why a change has failed. `null`: there is none, or its end is seen at the SIM. */
async function byAction({ client, provider }: Account, { ref }: PendingChange, options: CallOptions) {
  if (ref === null) return null;
  const { status } = await client.GetSimCardAction({ id: ref }, options).then(
    ({ data }) => data.data,
    (error: unknown) => {
      // How long actions are kept is not told.
      if (ConnectivityError.is(error, 'not-found')) return { status: { value: 'forgotten', reason: null } };
      throw error;
    },
  );
  if (status.value !== 'failed' && status.value !== 'interrupted') return null;
  const message = `the vendor's action ${ref} ${status.value === 'failed' ? 'failed' : 'was interrupted'}: ${status.reason || 'no reason told'}`;
  return outcomeOf(new ConnectivityError('conflict', message, { provider }));
}

async function bySim(account: Account, { iccid, to }: PendingChange, options: CallOptions): Promise<Result | null> {
  const { status } = await readSim(account, { iccid, id: null }, options);
  return stateOf(status).value === to && headingOf(status) === null ? { status: 'applied' } : null;
}
