import { ConnectivityError, type ErrorInfo, type Provider } from '@carrierkit/core';
import { limited } from '../routing/limited.js';
import type { Team } from '../routing/team.js';
import type { Brake } from './brake.js';
import { readInputs } from './inputs.js';
import type { OpenCall } from './journal.js';
import { type RunningJob, readOptions, record, writeOptions } from './running-job.js';
import type { ItemOutcome } from './runs.js';

/** A key is not trusted to its very last minute: the vendor counts from when it heard of it, by its own clock. */
const KEY_MARGIN_MS = 10 * 60_000;

/**
 * Finds out what became of the calls that were under way when the process ended. A call with a key that still lives is repeated as it
 * was; the rest is read back, item by item. Where a vendor cannot be read now, the call stays open for the next `resume`.
 */
export async function settleOpenCalls<I>(job: RunningJob<I>, team: Team, brake: Brake): Promise<void> {
  const { open } = job.journal.state;
  if (open.size === 0) return;
  const wanted = new Set([...open.values()].flatMap(({ items }) => items));
  const found = new Map<number, I>();
  for await (const line of readInputs<I>(job.held.inputs())) {
    if ('what' in line && wanted.has(line.item)) found.set(line.item, line.what);
  }
  for (const [call, { provider }] of [...open]) {
    if (brake.stopped) return;
    await settleCall(job, brake, team.get(provider), call, found);
  }
}

/** Hears whether the vendor answered while a call was settled. */
interface Listener {
  heard(outcomes: readonly ItemOutcome[]): 'answered' | 'undone' | 'open';
  missed(error: ErrorInfo): void;
}

/** Settles one call whose answer is not known; where that cannot be done now, it stays open. */
export async function settleCall<I>(
  job: RunningJob<I>,
  brake: Brake,
  provider: Provider,
  call: number,
  found: ReadonlyMap<number, I>,
  listener?: Listener,
): Promise<void> {
  const openCall = job.journal.state.open.get(call);
  if (openCall === undefined) return;
  if (keyLives(job, provider, openCall)) await repeat(job, brake, provider, call, openCall, found, listener);
  else await readBack(job, brake, provider, call, openCall, found, listener);
}

function keyLives<I>({ work, clock }: RunningJob<I>, provider: Provider, { at, items, unsettled }: OpenCall): boolean {
  const hours = provider.capabilities.idempotencyKeyHours;
  const whole = unsettled.size === items.length;
  return work.keyed && whole && hours !== null && clock() - at < hours * 3_600_000 - KEY_MARGIN_MS;
}

async function repeat<I>(
  job: RunningJob<I>,
  brake: Brake,
  provider: Provider,
  call: number,
  { items }: OpenCall,
  found: ReadonlyMap<number, I>,
  listener: Listener | undefined,
): Promise<void> {
  const whats = items.map((item) => found.get(item)!);
  const outcomes = await job.work.call(provider, whats, writeOptions(job.runId, items, job.options));
  // Under its key it is still the first call: that this time it certainly did nothing says nothing about that one.
  if ((listener?.heard(outcomes) ?? 'answered') === 'answered') await record(job, brake, call, items, outcomes);
}

async function readBack<I>(
  job: RunningJob<I>,
  brake: Brake,
  provider: Provider,
  call: number,
  { at, unsettled }: OpenCall,
  found: ReadonlyMap<number, I>,
  listener: Listener | undefined,
): Promise<void> {
  const items = [...unsettled];
  let missed: ErrorInfo | null = null;
  const answers = await limited(items, provider.capabilities.parallelCalls, async (item) => {
    try {
      return await job.work.readBack(provider, found.get(item)!, at, readOptions(job.options));
    } catch (thrown) {
      if (!ConnectivityError.is(thrown)) throw thrown;
      missed = thrown.toJSON() as ErrorInfo;
      return 'later';
    }
  });
  // Reads may be answered while writes are not, so that a read which was answered proves nothing.
  if (missed !== null) listener?.missed(missed);
  const settled = items.filter((_, index) => typeof answers[index] === 'object');
  const again = items.filter((_, index) => answers[index] === 'again');
  if (settled.length + again.length === 0) return;
  const outcomes = answers.filter((answer): answer is ItemOutcome => typeof answer === 'object');
  await record(job, brake, call, settled, outcomes, again);
}
