import type { CallOptions, ErrorInfo, OutcomeStatus, Provider, WriteOptions } from '@carrierkit/core';
import { Breaker, type BreakerOptions } from './breaker.js';
import type { InputLine } from './inputs.js';
import { readInputs } from './inputs.js';
import { writeRanges } from './item-ranges.js';
import type { Journal } from './journal.js';
import { withoutNumbers } from './journal-outcome.js';
import type { ProgressMeter } from './run-progress.js';
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
  readonly meter: ProgressMeter;
  readonly sleep: BreakerOptions['sleep'];
}

/** Whether to begin another call. */
export interface Brake {
  /** Aborts when nothing more is to be begun: the caller stopped the run, or it stopped itself. */
  readonly signal: AbortSignal;
  readonly stopped: boolean;
  count(statuses: readonly OutcomeStatus[]): void;
  stop(): void;
}

export function brakeFor({ signal, stopAfterFailures = Number.POSITIVE_INFINITY }: RunOptions): Brake {
  const own = new AbortController();
  const either = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
  let failures = 0;
  return {
    signal: either,
    get stopped() {
      return either.aborted;
    },
    count(statuses) {
      failures += statuses.filter((status) => status === 'failed' || status === 'unknown').length;
      if (failures > 0 && failures >= stopAfterFailures) own.abort();
    },
    stop() {
      own.abort();
    },
  };
}

const OUTAGE_PATIENCE_MS = 300_000;

/**
 * All that is left to do at one provider, as many calls side by side as it allows. A provider that waits holds up no other.
 * Returns why it was given up, if it was: then some of its items are left.
 */
export async function doLane<I>(job: Job<I>, provider: Provider, brake: Brake): Promise<ErrorInfo | null> {
  const { work, journal, runId, options } = job;
  const { parallelCalls } = provider.capabilities;
  const chunks = chunksFor(job, provider, work.sizeAt(provider.capabilities));
  /** Calls that met an outage and certainly did nothing. */
  const again: Doable<I>[][] = [];
  const breaker = new Breaker({
    provider,
    patienceMs: options.outagePatienceMs ?? OUTAGE_PATIENCE_MS,
    sleep: job.sleep,
    signal: brake.signal,
    onChange: (paused) => job.meter.pause(provider.id, paused),
  });

  async function worker(): Promise<void> {
    while ((await breaker.passes()) && !brake.stopped) {
      const chunk = again.shift() ?? (await chunks.next()).value;
      if (!chunk) return;
      const items = chunk.map(({ item }) => item);
      const call = await journal.begin(provider.id, items);
      const outcomes = await work.call(
        provider,
        chunk.map(({ what }) => what),
        writeOptions(runId, items, options),
      );
      if (breaker.heard(outcomes)) await record(job, brake, call, items, outcomes);
      else {
        await record(job, brake, call, [], [], items);
        again.push(chunk);
      }
    }
  }

  try {
    await untilAll(Array.from({ length: Math.max(1, parallelCalls) }, worker), brake);
  } finally {
    // A run that was stopped has not read its inputs to their end.
    await chunks.return();
  }
  return breaker.outage;
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
  job.meter.tell();
}

/** Waits for all of them, also after one failed, so that nothing is written to a run that was released. */
export async function untilAll<T>(tasks: readonly Promise<T>[], brake: Brake): Promise<readonly T[]> {
  const watched = tasks.map((task) =>
    task.catch((error: unknown) => {
      brake.stop();
      throw error;
    }),
  );
  const results = await Promise.allSettled(watched);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
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
