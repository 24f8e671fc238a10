import { type Hooks, onAbort, type ProviderId, type RateStore } from '@carrierkit/core';
import type { HeadersView } from '../http/headers.js';
import type { Timing } from '../settings/timing.js';
import { Gate } from './gate.js';
import { Lane, type Waiter } from './lane.js';
import type { BucketReading, Limits } from './limits.js';

export interface PassRequest {
  readonly operation: string;
  readonly correlationId: string;
  readonly priority: 'interactive' | 'bulk';
  readonly signal: AbortSignal;
  /** How long a refusal of the vendor (429) may keep the call waiting. Waiting for our own buckets has no limit. */
  readonly patienceMs: number;
}

export interface Turn {
  /** To be called once when the answer is there, or is given up. */
  done(headers: HeadersView | null): void;
}

/** A call goes, has left (its signal aborted), or would have to wait longer than it can for the end of a refusal. */
export type Admission = { readonly turn: Turn } | { readonly left: true } | { readonly heldMs: number };

/** So many interactive calls pass a waiting bulk call; then it goes first. */
const maxPassed = 10;

/**
 * Lets calls out at the pace the vendor allows: when every bucket of their lane has room at the same time, in order of arrival, interactive calls before bulk ones.
 * A call that waits for one bucket holds nothing of the others, so what goes out keeps the shape of each.
 */
export class Limiter {
  readonly #provider: ProviderId;
  readonly #limits: Limits;
  readonly #timing: Timing;
  readonly #hooks: Hooks;
  readonly #gates: ReadonlyMap<string, Gate>;
  readonly #lanes = new Map<string, Lane>();
  #arrivals = 0;
  #passed = 0;
  #running = false;
  #asleep = new AbortController();

  constructor(config: {
    readonly provider: ProviderId;
    readonly host: string;
    readonly limits: Limits;
    /** The part of every allowance that this process may use, 0 < share <= 1. */
    readonly share: number;
    readonly store: RateStore;
    /** Whether other processes draw on the store too. */
    readonly isShared?: boolean;
    /** For what is counted per calling address; `store` where left out. */
    readonly addressStore?: RateStore;
    readonly timing: Timing;
    readonly hooks: Hooks;
  }) {
    const { provider, host, limits, share, store, isShared = false, addressStore = store, timing, hooks } = config;
    this.#provider = provider;
    this.#limits = limits;
    this.#timing = timing;
    this.#hooks = hooks;
    this.#gates = new Map(
      Object.entries(limits.buckets).map(([name, bucket]) => {
        const perAddress = bucket.scope === 'address';
        const key = `${perAddress ? host : provider}:${name}`;
        return [name, new Gate(name, key, bucket, share, perAddress ? addressStore : store, !isShared)];
      }),
    );
    for (const name of Object.keys(limits.lanes)) this.#lanes.set(name, new Lane(name, this.#gatesOf(name)));
  }

  /** Waits until the call may go. Fails where the store does. */
  async turn(laneName: string, { signal, ...request }: PassRequest): Promise<Admission> {
    if (signal.aborted) return { left: true };
    const lane = this.#lane(laneName);
    let ignore = () => {};
    try {
      return await new Promise<Admission>((resolve, reject) => {
        const waiter: Waiter = {
          ...request,
          arrival: this.#arrivals++,
          admit: () => resolve({ turn: this.#turn(lane) }),
          held: (heldMs) => resolve({ heldMs }),
          fail: reject,
          toldOf: null,
        };
        ignore = onAbort(signal, () => {
          if (lane.remove(waiter)) resolve({ left: true });
          this.#wake();
        });
        lane.add(waiter);
        if (this.#running) this.#wake();
        else void this.#run();
      });
    } finally {
      ignore();
    }
  }

  /**
   * The vendor refused a call of the lane (429), with or without telling for how long: another process used the allowance, or one that ended just now.
   * No call of the lane goes out before that time is over, and then at the lane's pace: its burst is spent. Returns how long.
   */
  refused(laneName: string, toldMs: number | null): number {
    const lane = this.#lane(laneName);
    const { now, random } = this.#timing;
    const ms = lane.refused(toldMs, now(), random);
    // A store that fails now fails the next call too, which says so.
    void lane.gates
      .at(-1)
      ?.drain(now)
      .catch(() => {});
    this.#wake();
    return ms;
  }

  /** The vendor took a call of the lane. */
  passed(laneName: string): void {
    this.#lane(laneName).passed();
  }

  #turn({ gates }: Lane): Turn {
    for (const gate of gates) gate.use(this.#timing.now());
    return {
      done: (headers) => {
        const now = this.#timing.now();
        const reading = headers && this.#reading(headers);
        const toldOf = reading && this.#gates.get(reading.bucket);
        for (const gate of gates) gate.window.left(gate === toldOf ? reading : null, now);
        if (reading && toldOf && !gates.includes(toldOf)) toldOf.window.told(reading, now);
        this.#wake();
      },
    };
  }

  #reading(headers: HeadersView): BucketReading | null {
    try {
      return this.#limits.read?.(headers) ?? null;
    } catch {
      // Headers unlike the documented ones are no reason to lose the answer they came with.
      return null;
    }
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      lane = new Lane(name, []);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #gatesOf(lane: string): readonly Gate[] {
    return (this.#limits.lanes[lane] ?? []).map((name) => {
      const gate = this.#gates.get(name);
      if (gate === undefined) throw new RangeError(`lane '${lane}' names the bucket '${name}', which is not declared`);
      return gate;
    });
  }

  #wake(): void {
    this.#asleep.abort();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (let lanes = this.#waitingLanes(); lanes.length > 0; lanes = this.#waitingLanes()) {
        this.#asleep = new AbortController();
        const waitMs = await this.#letOneOut(lanes);
        if (waitMs > 0) await this.#timing.sleep(waitMs, this.#asleep.signal);
      }
    } catch (reason) {
      for (const lane of this.#lanes.values()) lane.fail(reason);
    } finally {
      this.#running = false;
    }
  }

  /** Of the lanes that have a call waiting: 0 when one went, else how long all of them have to wait. */
  async #letOneOut(lanes: readonly Lane[]): Promise<number> {
    let waitMs = Number.POSITIVE_INFINITY;
    for (const lane of lanes) {
      waitMs = Math.min(waitMs, await this.#letOut(lane));
      // Somebody went: who is next now may wait in another lane.
      if (waitMs === 0) break;
    }
    return waitMs;
  }

  /** The lanes in which somebody waits, by whose turn it is. */
  #waitingLanes(): readonly Lane[] {
    const heads = [...this.#lanes.values()].flatMap((lane) => {
      const first = lane.first(this.#prior());
      return first === undefined ? [] : [{ lane, first }];
    });
    const rank = (waiter: Waiter) => (waiter.priority === this.#prior() ? 0 : 1);
    return heads
      .sort((a, b) => rank(a.first) - rank(b.first) || a.first.arrival - b.first.arrival)
      .map(({ lane }) => lane);
  }

  #prior(): Waiter['priority'] {
    return this.#passed < maxPassed ? 'interactive' : 'bulk';
  }

  /** Lets the lane's next call go: 0. Otherwise how long it has to wait. */
  async #letOut(lane: Lane): Promise<number> {
    const { now } = this.#timing;
    let ready = lane.block(now()) === null;
    try {
      for (const gate of lane.gates) ready &&= await gate.take(now);
    } catch (reason) {
      lane.fail(reason);
      return 0;
    }
    // Looked at after the tokens are there: meanwhile the vendor may have refused, somebody more urgent come, or everybody left.
    const block = lane.block(now());
    if (block !== null) return this.#kept(lane, block);
    const next = ready ? lane.first(this.#prior()) : undefined;
    if (next === undefined) return 0;
    lane.remove(next);
    this.#count(next);
    next.admit();
    return 0;
  }

  /** Tells the first that it waits, and those for whom it would be too long. */
  #kept(lane: Lane, block: { readonly by: string; readonly waitMs: number }): number {
    lane.dismiss(lane.heldMs(this.#timing.now()));
    const first = lane.first(this.#prior());
    if (first !== undefined && first.toldOf !== block.by) {
      first.toldOf = block.by;
      const { by: bucket, waitMs } = block;
      const { operation, correlationId } = first;
      this.#hooks.onWait?.({ provider: this.#provider, operation, correlationId, bucket, waitMs });
    }
    return first === undefined ? 0 : block.waitMs;
  }

  #count(gone: Waiter): void {
    if (gone.priority === 'bulk') this.#passed = 0;
    else if ([...this.#lanes.values()].some((lane) => lane.hasBulk())) this.#passed++;
  }
}
