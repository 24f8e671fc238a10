import type { ErrorInfo, Provider } from '@carrierkit/core';
import { type Brake, untilAll } from './brake.js';
import { Breaker } from './breaker.js';
import type { InputLine } from './inputs.js';
import { readInputs } from './inputs.js';
import { type RunningJob, record, writeOptions } from './running-job.js';
import type { ItemOutcome } from './runs.js';
import { settleCall } from './settle.js';

const OUTAGE_PATIENCE_MS = 300_000;

/** A call whose answer was lost while the vendor was down. */
interface Lost<I> {
  readonly call: number;
  readonly chunk: readonly Doable<I>[];
}

/**
 * All that is left to do at one provider, as many calls side by side as it allows. A provider that waits holds up no other.
 * Returns why it was given up, if it was: then some of its items are left.
 */
export async function doLane<I>(job: RunningJob<I>, provider: Provider, brake: Brake): Promise<ErrorInfo | null> {
  const { work, journal, runId, options } = job;
  const { parallelCalls } = provider.capabilities;
  const chunks = chunksFor(job, provider, work.sizeAt(provider.capabilities));
  /** Met an outage and certainly did nothing. */
  const undone: Doable<I>[][] = [];
  const lost: Lost<I>[] = [];
  const breaker = new Breaker({
    provider,
    patienceMs: options.outagePatienceMs ?? OUTAGE_PATIENCE_MS,
    sleep: job.sleep,
    signal: brake.signal,
    onChange: (paused) => job.meter.pause(provider.id, paused),
  });

  async function send(chunk: Doable<I>[]): Promise<void> {
    const items = chunk.map(({ item }) => item);
    const call = await journal.begin(provider.id, items);
    const outcomes = await work.call(
      provider,
      chunk.map(({ what }) => what),
      writeOptions(runId, items, options),
    );
    switch (breaker.heard(outcomes)) {
      case 'answered':
        return record(job, brake, call, items, outcomes);
      case 'undone':
        await record(job, brake, call, [], [], items);
        undone.push(chunk);
        return;
      case 'open':
        lost.push({ call, chunk });
    }
  }

  async function settle({ call, chunk }: Lost<I>): Promise<void> {
    const found = new Map(chunk.map(({ item, what }) => [item, what]));
    await settleCall(job, brake, provider, call, found, breaker);
    const { done, open } = journal.state;
    const unsettled = open.get(call)?.unsettled;
    const rest = chunk.filter(({ item }) => !done[item] && !unsettled?.has(item));
    if (rest.length > 0) undone.push(rest);
    if (unsettled) lost.push({ call, chunk: chunk.filter(({ item }) => unsettled.has(item)) });
  }

  async function worker(): Promise<void> {
    while ((await breaker.passes()) && !brake.stopped) {
      const [open] = lost.splice(0, 1);
      if (open) {
        await settle(open);
        continue;
      }
      const chunk = undone.shift() ?? (await chunks.next()).value;
      if (!chunk) return;
      await send(chunk);
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
export async function doBroken<I>(job: RunningJob<I>, brake: Brake): Promise<void> {
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

type Doable<I> = Extract<InputLine<I>, { readonly what: I }>;

async function* chunksFor<I>(
  { held, journal }: RunningJob<I>,
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
