import { ConnectivityError, type ErrorInfo, type Provider } from '@carrierkit/core';
import { limited } from '../../routing/limited.js';
import type { OpenCall } from '../journal/journal.js';
import { type RunningJob, readOptions, type Settled, writeOptions } from './running-job.js';
import { downOf, isVerdict } from './verdicts.js';
import type { Tried } from './waiting.js';

/** A key is not trusted to its very last minute: the vendor counts from when it heard of it, by its own clock. */
const KEY_MARGIN_MS = 10 * 60_000;

/** What could be found out about the items of a call whose answer was lost. */
export interface Findings<I> {
  readonly settled: readonly Settled[];
  /** These certainly did not happen. */
  readonly again: readonly Tried<I>[];
  /** About these the vendor says nothing now. */
  readonly later: readonly Tried<I>[];
  readonly error: ErrorInfo | null;
  /** Whether the vendor took a write. */
  readonly wrote: boolean;
}

/** A call with a key that still lives is repeated as it was; the rest is read back, item by item. */
export async function settleCall<I>(
  job: RunningJob<I>,
  provider: Provider,
  open: OpenCall,
  items: readonly Tried<I>[],
): Promise<Findings<I>> {
  if (!keyLives(job, provider, open)) return readBack(job, provider, open.at, items);
  const byItem = new Map(items.map((tried) => [tried.item, tried]));
  const whats = open.items.map((item) => byItem.get(item)!.what);
  const outcomes = await job.work.call(provider, whats, writeOptions(job.runId, open.items, job.options));
  const errors = outcomes.map(downOf);
  if (errors.every((error) => error !== null))
    return { settled: [], again: [], later: items, error: errors[0] ?? null, wrote: false };
  // Under its key it is still the first call: a refusal of the second one as such says nothing about what the first one did.
  const verdicts = open.items.flatMap((item, index) => {
    const outcome = outcomes[index]!;
    return isVerdict(outcome) ? [{ item, outcome }] : [];
  });
  const told = new Set(verdicts.map(({ item }) => item));
  const rest = items.filter(({ item }) => !told.has(item));
  const found = await readBack(job, provider, open.at, rest);
  return { ...found, settled: [...verdicts, ...found.settled], wrote: true };
}

function keyLives<I>({ work, clock }: RunningJob<I>, provider: Provider, { at, items, unsettled }: OpenCall): boolean {
  const hours = provider.capabilities.idempotencyKeyHours;
  const whole = unsettled.size === items.length;
  return work.keyed && whole && hours !== null && clock() - at < hours * 3_600_000 - KEY_MARGIN_MS;
}

async function readBack<I>(
  job: RunningJob<I>,
  provider: Provider,
  since: number,
  items: readonly Tried<I>[],
): Promise<Findings<I>> {
  const settled: Settled[] = [];
  const again: Tried<I>[] = [];
  const later: Tried<I>[] = [];
  let error: ErrorInfo | null = null;
  await limited(items, provider.capabilities.parallelCalls, async (tried) => {
    const { item, what, last } = tried;
    try {
      const found = await job.work.readBack(provider, what, since, readOptions(job.options));
      if (found === 'again') again.push(tried);
      // The call's own error says more than that nothing could be found out.
      else settled.push({ item, outcome: found.status === 'unknown' && last?.status === 'unknown' ? last : found });
    } catch (thrown) {
      if (!ConnectivityError.is(thrown)) throw thrown;
      error = thrown.toJSON() as ErrorInfo;
      later.push(tried);
    }
  });
  return { settled, again, later, error, wrote: false };
}
