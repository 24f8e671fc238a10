import type { ErrorInfo, Provider } from '@carrierkit/core';
import { cutOff, notTaken } from '../run-errors.js';
import type { ItemOutcome } from '../runs.js';
import { type Brake, untilAll } from './brake.js';
import { Breaker } from './breaker.js';
import { chunksFor } from './chunks.js';
import { type RunningJob, record, type Settled, writeOptions } from './running-job.js';
import { settleCall } from './settle.js';
import { downOf } from './verdicts.js';
import { type Doable, type Due, type Tried, WaitingRoom } from './waiting.js';

const OUTAGE_PATIENCE_MS = 300_000;

/** The calls of a provider that an earlier process left open, with their items. */
export type OpenCalls<I> = ReadonlyMap<number, readonly Tried<I>[]>;

/**
 * Does all that is left at one provider, as many calls side by side as it allows. A provider that waits holds up no other.
 * Returns why it was given up, if it was: then some of its items are left.
 */
export async function doLane<I>(
  job: RunningJob<I>,
  provider: Provider,
  brake: Brake,
  open: OpenCalls<I>,
): Promise<ErrorInfo | null> {
  const inFlight = new Set([...open.values()].flatMap(numbersOf));
  const chunks = chunksFor(job, provider, inFlight);
  try {
    return await new Lane(job, provider, brake, chunks, open).run();
  } finally {
    // A run that was stopped has not read its inputs to their end.
    await chunks.return();
  }
}

class Lane<I> {
  readonly #job: RunningJob<I>;
  readonly #provider: Provider;
  readonly #brake: Brake;
  readonly #chunks: ReturnType<typeof chunksFor<I>>;
  readonly #room = new WaitingRoom<I>();
  readonly #breaker: Breaker;

  constructor(
    job: RunningJob<I>,
    provider: Provider,
    brake: Brake,
    chunks: ReturnType<typeof chunksFor<I>>,
    open: OpenCalls<I>,
  ) {
    this.#job = job;
    this.#provider = provider;
    this.#brake = brake;
    this.#chunks = chunks;
    for (const [call, items] of open) this.#room.addOpen(call, items);
    this.#breaker = new Breaker({
      provider,
      patienceMs: job.options.outagePatienceMs ?? OUTAGE_PATIENCE_MS,
      sleep: job.sleep,
      signal: brake.signal,
      onChange: (paused) => job.meter.pause(provider.id, paused),
    });
  }

  async run(): Promise<ErrorInfo | null> {
    const { parallelCalls } = this.#provider.capabilities;
    const workers = Array.from({ length: Math.max(1, parallelCalls) }, () => this.#work());
    await untilAll(workers, this.#brake);
    const { outage, vendorIsThere } = this.#breaker;
    if (outage === null || !vendorIsThere || !(await this.#chunks.next()).done) return outage;
    await this.#recordTheRest(outage);
    return null;
  }

  async #work(): Promise<void> {
    while ((await this.#breaker.passes()) && !this.#brake.stopped) {
      const due = this.#room.due();
      const chunk = due ? undefined : (await this.#chunks.next()).value;
      const rest = due ?? (chunk ? undefined : this.#room.any());
      if (rest) await this.#retry(rest);
      else if (chunk) await this.#send(chunk, null);
      else return;
    }
  }

  async #retry(due: Due<I>): Promise<void> {
    if (due.call === null) await this.#send(due.items, due);
    else await this.#settle(due, due.call);
  }

  /** Sends items for the first time, or again (`due`) after they certainly did not happen. */
  async #send(items: readonly Doable<I>[], due: Due<I> | null): Promise<void> {
    const { journal, work, runId, options } = this.#job;
    const numbers = numbersOf(items);
    const call = await journal.begin(this.#provider.id, numbers);
    const whats = items.map(({ what }) => what);
    const outcomes = await work.call(this.#provider, whats, writeOptions(runId, numbers, options));
    const tried = items.map(({ item, what }, index) => ({ item, what, last: outcomes[index]! }));
    const down = tried.filter(({ last }) => downOf(last) !== null);
    if (down.length < tried.length) this.#tookWrite();
    else this.#breaker.missed(downOf(down[0]!.last)!);
    const refused = down.filter(({ last }) => last.status === 'failed');
    const lost = down.filter(({ last }) => last.status !== 'failed');
    const again = this.#room.isEnough(due, null, refused) ? [] : refused;
    const settled = tried.filter((one) => !again.includes(one) && !lost.includes(one));
    const outcomesNow = settled.map(({ item, last }) => ({ item, outcome: last }));
    // The journal comes first: what is put back may be begun again at once.
    await this.#record(call, outcomesNow, again);
    this.#room.putBack(due, null, again);
    this.#room.putBack(due, call, lost);
  }

  /** Finds out what became of items whose call may have done them. */
  async #settle(due: Due<I>, call: number): Promise<void> {
    const open = this.#job.journal.state.open.get(call)!;
    const { settled, again, later, error, wrote } = await settleCall(this.#job, this.#provider, open, due.items);
    if (wrote) this.#tookWrite();
    else if (settled.length + again.length > 0) this.#room.answered('read');
    else if (error !== null) this.#breaker.missed(error);
    const unreadable = this.#room.isEnough(due, call, later) ? later : [];
    const undoable = this.#room.isEnough(due, null, again) ? again : [];
    const anew = undoable.length > 0 ? [] : again;
    const given = [
      ...unreadable.map((one) => ({ item: one.item, outcome: this.#unreadable(one) })),
      ...undoable.map((one) => ({ item: one.item, outcome: this.#undoable(one) })),
    ];
    await this.#record(call, [...settled, ...given], anew);
    if (unreadable.length === 0) this.#room.putBack(due, call, later);
    this.#room.putBack(due, null, anew);
  }

  /** Nothing else is left, and a vendor that is there goes on refusing these. */
  async #recordTheRest(error: ErrorInfo): Promise<void> {
    for (const { call, items } of this.#room.rest()) {
      const outcomes = items.map((one) => ({
        item: one.item,
        outcome: call === null ? this.#undoable(one, error) : this.#unreadable(one),
      }));
      await this.#record(call, outcomes, []);
    }
  }

  #tookWrite(): void {
    this.#breaker.answered();
    this.#room.answered('write');
  }

  #unreadable(one: Tried<I>): ItemOutcome {
    return one.last ?? this.#broken(one, cutOff(this.#provider, 'the vendor does not answer what became of it'));
  }

  /** It certainly was not done, whatever its last call left open. */
  #undoable(one: Tried<I>, fallback = notTaken(this.#provider)): ItemOutcome {
    const error = one.last && 'error' in one.last ? one.last.error : fallback;
    return this.#broken(one, { ...error, effect: 'none' });
  }

  #broken({ what }: Tried<I>, error: ErrorInfo): ItemOutcome {
    return this.#job.work.broken(what, this.#provider.id, error);
  }

  async #record(call: number | null, settled: readonly Settled[], again: readonly Doable<I>[]): Promise<void> {
    if (settled.length + again.length === 0) return;
    await record(this.#job, this.#brake, call, settled, numbersOf(again));
  }
}

function numbersOf(items: readonly Doable<unknown>[]): number[] {
  return items.map(({ item }) => item);
}
