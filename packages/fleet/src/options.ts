import type { Adapter, Hooks, KeyValueStore, RateStore } from '@carrierkit/core';
import type { RunStore } from './runs/store/run-store.js';

/** What a product brings of its own. All of it is optional. */
export interface FleetOptions {
  /** Adapters that the config's folder cannot resolve, found by their `name`. */
  readonly adapters?: readonly Adapter[];
  /** For the SIM directory and what adapters keep (orders placed here). Left out: files under `stateDir`, or memory where there is none. */
  readonly store?: KeyValueStore;
  /** For bulk runs. Left out: files under `stateDir`, or memory where there is none. */
  readonly runStore?: RunStore;
  /** A rate limit shared by several processes. Left out: each process has its own. */
  readonly rates?: RateStore;
  /** Called about every vendor call, for tracing, metrics and logs. */
  readonly hooks?: Hooks;
  /** Where `${NAME}` is looked up; `process.env` if left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds; `Date.now` if left out. */
  readonly clock?: () => number;
  /** Waits; ends early, without throwing, when the signal aborts. Real timers if left out. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 <= x < 1; `Math.random` if left out. */
  readonly random?: () => number;
}
