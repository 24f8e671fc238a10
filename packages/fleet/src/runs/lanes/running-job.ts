import type { CallOptions, WriteOptions } from '@carrierkit/core';
import { writeRanges } from '../journal/item-ranges.js';
import type { Journal } from '../journal/journal.js';
import { withoutNumbers } from '../journal/journal-outcome.js';
import type { ProgressMeter } from '../run-progress.js';
import type { ItemOutcome, RunOptions, RunOutcome } from '../runs.js';
import type { HeldRun } from '../store/run-store.js';
import type { Work } from '../work/work.js';
import type { Brake } from './brake.js';
import type { BreakerOptions } from './breaker.js';

/** One run while it is being done. */
export interface RunningJob<I> {
  readonly runId: string;
  readonly work: Work<I>;
  readonly held: HeldRun;
  readonly journal: Journal;
  readonly options: RunOptions;
  /** The message text of an SMS job: it is kept out of the journal, also where a vendor repeats it in an error. */
  readonly text: string | null;
  readonly meter: ProgressMeter;
  readonly sleep: BreakerOptions['sleep'];
  readonly clock: () => number;
}

/** The same items in the same order have the same intent, in every process. */
export function writeOptions(runId: string, items: readonly number[], options: RunOptions): WriteOptions {
  return { ...readOptions(options), intent: `${runId}:${writeRanges(items)}` };
}

/** A call that has begun is not cut off: its answer is worth more than the time it takes. */
export function readOptions({ deadlineMs }: RunOptions): CallOptions {
  return { priority: 'bulk', ...(deadlineMs !== undefined && { deadlineMs }) };
}

/** What became of one item. */
export interface Settled {
  readonly item: number;
  readonly outcome: ItemOutcome;
}

/** First the journal, then the caller. */
export async function record<I>(
  job: RunningJob<I>,
  brake: Brake,
  call: number | null,
  settled: readonly Settled[],
  again: readonly number[] = [],
): Promise<void> {
  const told: RunOutcome[] = settled.map(({ item, outcome }) => ({ item, ...outcome }));
  await job.journal.settle(
    call,
    told.map((outcome) => withoutNumbers(outcome, job.text)),
    again,
  );
  brake.count(told.map(({ status }) => status));
  for (const outcome of told) job.options.onOutcome?.(outcome);
  job.meter.tell();
}
