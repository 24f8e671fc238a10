import { ConnectivityError, type Provider } from '@carrierkit/core';
import { limited } from '../routing/limited.js';
import type { Team } from '../routing/team.js';
import { readInputs } from './inputs.js';
import type { OpenCall } from './journal.js';
import { type Brake, type Job, readOptions, record, writeOptions } from './lanes.js';
import type { ItemOutcome } from './runs.js';

/** A key is not trusted to its very last minute: the vendor counts from when it heard of it, by its own clock. */
const KEY_MARGIN_MS = 10 * 60_000;

/**
 * Finds out what became of the calls that were under way when the process ended. A call with a key that still lives is repeated as it
 * was; the rest is read back, item by item. Where a vendor cannot be read now, the call stays open for the next `resume`.
 */
export async function settleOpenCalls<I>(job: Job<I>, team: Team, brake: Brake, now: number): Promise<void> {
  const { open } = job.journal.state;
  if (open.size === 0) return;
  const wanted = new Set([...open.values()].flatMap(({ items }) => items));
  const found = new Map<number, I>();
  for await (const line of readInputs<I>(job.held.inputs())) {
    if ('what' in line && wanted.has(line.item)) found.set(line.item, line.what);
  }
  for (const [call, openCall] of [...open]) {
    if (brake.stopped) return;
    const provider = team.get(openCall.provider);
    if (keyLives(job, provider, openCall, now)) await repeat(job, brake, provider, call, openCall, found);
    else await readBack(job, brake, provider, call, openCall, found);
  }
}

function keyLives<I>({ work }: Job<I>, provider: Provider, { at, items, unsettled }: OpenCall, now: number): boolean {
  const hours = provider.capabilities.idempotencyKeyHours;
  const whole = unsettled.size === items.length;
  return work.keyed && whole && hours !== null && now - at < hours * 3_600_000 - KEY_MARGIN_MS;
}

async function repeat<I>(
  job: Job<I>,
  brake: Brake,
  provider: Provider,
  call: number,
  { items }: OpenCall,
  found: ReadonlyMap<number, I>,
): Promise<void> {
  const whats = items.map((item) => found.get(item)!);
  const outcomes = await job.work.call(provider, whats, writeOptions(job.runId, items, job.options));
  await record(job, brake, call, items, outcomes);
}

async function readBack<I>(
  job: Job<I>,
  brake: Brake,
  provider: Provider,
  call: number,
  { at, unsettled }: OpenCall,
  found: ReadonlyMap<number, I>,
): Promise<void> {
  const items = [...unsettled];
  const answers = await limited(items, provider.capabilities.parallelCalls, async (item) => {
    try {
      return await job.work.readBack(provider, found.get(item)!, at, readOptions(job.options));
    } catch (thrown) {
      if (ConnectivityError.is(thrown)) return 'later';
      throw thrown;
    }
  });
  const settled = items.filter((_, index) => typeof answers[index] === 'object');
  const again = items.filter((_, index) => answers[index] === 'again');
  if (settled.length + again.length === 0) return;
  const outcomes = answers.filter((answer): answer is ItemOutcome => typeof answer === 'object');
  await record(job, brake, call, settled, outcomes, again);
}
