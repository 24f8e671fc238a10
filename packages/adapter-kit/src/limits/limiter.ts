import type { Hooks, ProviderId, RateStore } from '@carrierkit/core';
import type { HeadersView } from '../http/headers.js';
import type { Timing } from '../settings/timing.js';
import { Gate, type PassRequest } from './gate.js';
import type { Bucket, Limits } from './limits.js';

export interface Turn {
  /** To be called once when the answer is there, or is given up. */
  done(headers: HeadersView | null): void;
}

/** Lets calls out at the pace the vendor allows: in every bucket of their lane, corrected by what the vendor's headers say. */
export class Limiter {
  readonly #limits: Limits;
  readonly #timing: Timing;
  readonly #gates: ReadonlyMap<string, Gate>;

  constructor(config: {
    readonly provider: ProviderId;
    readonly host: string;
    readonly limits: Limits;
    /** The part of every allowance that this process may use, 0 < share <= 1. */
    readonly share: number;
    readonly store: RateStore;
    readonly timing: Timing;
    readonly hooks: Hooks;
  }) {
    const { provider, host, limits, share, store, timing, hooks } = config;
    this.#limits = limits;
    this.#timing = timing;
    this.#gates = new Map(
      Object.entries(limits.buckets).map(([name, bucket]) => {
        const key = `${bucket.scope === 'address' ? host : provider}:${name}`;
        const onWait = (operation: string, waitMs: number) =>
          hooks.onWait?.({ provider, operation, bucket: name, waitMs });
        return [name, new Gate(key, shareOf(bucket, share), store, timing, onWait)];
      }),
    );
  }

  /** Waits in each bucket of the lane; `null` when the signal aborted meanwhile. */
  async turn(lane: string, request: PassRequest): Promise<Turn | null> {
    const entered: Gate[] = [];
    const leave = () => {
      for (const gate of entered.splice(0)) gate.window.left();
    };
    for (const gate of this.#gatesOf(lane)) {
      if (!(await gate.pass(request))) {
        leave();
        return null;
      }
      entered.push(gate);
    }
    return {
      done: (headers) => {
        leave();
        const reading = headers && this.#limits.read?.(headers);
        if (!reading) return;
        this.#gates.get(reading.bucket)?.window.read(reading.remaining, reading.resetMs, this.#timing.now());
      },
    };
  }

  /** The vendor refused (429): every call of the lane waits that long. */
  hold(lane: string, ms: number): void {
    for (const gate of this.#gatesOf(lane)) gate.window.hold(ms, this.#timing.now());
  }

  #gatesOf(lane: string): readonly Gate[] {
    return (this.#limits.lanes[lane] ?? []).flatMap((name) => this.#gates.get(name) ?? []);
  }
}

function shareOf(bucket: Bucket, share: number): Bucket {
  if (share === 1) return bucket;
  return { ...bucket, rate: bucket.rate * share, burst: Math.max(1, Math.floor(bucket.burst * share)) };
}
