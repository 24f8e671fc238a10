import type { CallOptions, OutcomeStatus, Provider, WriteOptions } from '@carrierkit/core';
import type { InputLine } from './inputs.js';
import { readInputs } from './inputs.js';
import { writeRanges } from './item-ranges.js';
import type { Journal } from './journal.js';
import { withoutNumbers } from './journal-outcome.js';
import type { HeldRun } from './run-store.js';
import type { ItemOutcome, RunOptions, RunOutcome } from './runs.js';
import type { Work } from './work.js';

/** One run while it is being done. */
export interface Job<I> {
  readonly runId: string;
  readonly work: Work<I>;
  readonly held: HeldRun;
  readonly journal: Journal;
  readonly options: RunOptions;
  /** The message text of an SMS job: it is kept out of the journal, also where a vendor repeats it in an error. */
  readonly text: string | null;
}

/** Whether to begin another call. */
export interface Brake {
  readonly stopped: boolean;
  count(statuses: readonly OutcomeStatus[]): void;
  stop(): void;
}

export function brakeFor({ signal, stopAfterFailures = Number.POSITIVE_INFINITY }: RunOptions): Brake {
  let failures = 0;
  let stopped = false;
  return {
    get stopped() {
      return stopped || signal?.aborted === true;
    },
    count(statuses) {
      failures += statuses.filter((status) => status === 'failed' || status === 'unknown').length;
      if (failures > 0 && failures >= stopAfterFailures) stopped = true;
    },
    stop() {
      stopped = true;
    },
  };
}

/** All that is left to do at one provider, as many calls side by side as it allows. A provider that waits holds up no other. */
export async function doLane<I>(job: Job<I>, provider: Provider, brake: Brake): Promise<void> {
  const { work, journal, runId } = job;
  const { parallelCalls } = provider.capabilities;
  const chunks = chunksFor(job, provider, work.sizeAt(provider.capabilities));

  async function worker(): Promise<void> {
    while (!brake.stopped) {
      const next = await chunks.next();
      if (next.done) return;
      const items = next.value.map(({ item }) => item);
      const call = await journal.begin(provider.id, items);
      const outcomes = await work.call(
        provider,
        next.value.map(({ what }) => what),
        writeOptions(runId, items, job.options),
      );
      await record(job, brake, call, items, outcomes);
    }
  }

  try {
    await untilAll(Array.from({ length: Math.max(1, parallelCalls) }, worker), brake);
  } finally {
    // A run that was stopped has not read its inputs to their end.
    await chunks.return();
  }
}

/** So many outcomes without a call share a line of the journal. */
const RECORDED_AT_ONCE = 500;

/** Items that cannot be done have their outcome from the start. */
export async function doBroken<I>(job: Job<I>, brake: Brake): Promise<void> {
  let batch: Extract<InputLine<I>, { readonly outcome: ItemOutcome }>[] = [];
  const flush = async (): Promise<void> => {
    const [items, outcomes] = [batch.map(({ item }) => item), batch.map(({ outcome }) => outcome)];
    batch = [];
    if (items.length > 0) await record(job, brake, null, items, outcomes);
  };
  for await (const line of readInputs<I>(job.held.inputs())) {
    if (brake.stopped) return;
    if (!('outcome' in line) || job.journal.state.done[line.item]) continue;
    batch.push(line);
    if (batch.length >= RECORDED_AT_ONCE) await flush();
  }
  await flush();
}

/** The same items in the same order have the same intent, in every process. */
export function writeOptions(runId: string, items: readonly number[], options: RunOptions): WriteOptions {
  return { ...readOptions(options), intent: `${runId}:${writeRanges(items)}` };
}

/** A call that has begun is not cut off: its answer is worth more than the time it takes. */
export function readOptions({ deadlineMs }: RunOptions): CallOptions {
  return { priority: 'bulk', ...(deadlineMs !== undefined && { deadlineMs }) };
}

/** First the journal, then the caller. */
export async function record<I>(
  job: Job<I>,
  brake: Brake,
  call: number | null,
  items: readonly number[],
  outcomes: readonly ItemOutcome[],
  again: readonly number[] = [],
): Promise<void> {
  const told: RunOutcome[] = outcomes.map((outcome, index) => ({ item: items[index]!, ...outcome }));
  await job.journal.settle(
    call,
    told.map((outcome) => withoutNumbers(outcome, job.text)),
    again,
  );
  brake.count(told.map(({ status }) => status));
  for (const outcome of told) job.options.onOutcome?.(outcome);
}

/** Waits for all of them, also after one failed, so that nothing is written to a run that was released. */
export async function untilAll(tasks: readonly Promise<void>[], brake: Brake): Promise<void> {
  const watched = tasks.map((task) =>
    task.catch((error: unknown) => {
      brake.stop();
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(watched)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

type Doable<I> = Extract<InputLine<I>, { readonly what: I }>;

async function* chunksFor<I>(
  { held, journal }: Job<I>,
  provider: Provider,
  size: number,
): AsyncGenerator<Doable<I>[], void, undefined> {
  let chunk: Doable<I>[] = [];
  const inFlight = new Set([...journal.state.open.values()].flatMap(({ unsettled }) => [...unsettled]));
  for await (const line of readInputs<I>(held.inputs())) {
    if ('outcome' in line || line.provider !== provider.id) continue;
    if (journal.state.done[line.item] || inFlight.has(line.item)) continue;
    chunk.push(line);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
