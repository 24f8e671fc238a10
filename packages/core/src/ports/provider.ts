import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { ProviderId } from '../identifiers/brand.js';
import type { CallOptions } from '../paging/paged-list.js';
import type { Capabilities } from './capabilities.js';
import type { Hooks } from './hooks.js';
import type { SimInventory } from './inventory.js';
import type { Lifecycle } from './lifecycle.js';
import type { Messaging } from './messaging.js';
import type { Usage } from './usage.js';

/** One configured account at one vendor, behind the four ports. Made by a `ProviderFactory`; a fleet is made of these. */
export interface Provider<Client = unknown> {
  /** Of this contract; a later one that breaks it has another number. */
  readonly specVersion: 1;
  readonly id: ProviderId;
  /** The adapter's `name`: 'truphone', 'emnify', 'subscriptions', or a third party's. */
  readonly adapter: string;
  /** Facts and limits as data. A member of a port is absent exactly where this says `none`. */
  readonly capabilities: Capabilities;
  readonly inventory: SimInventory;
  readonly lifecycle: Lifecycle;
  readonly messaging?: Messaging;
  readonly usage?: Usage;
  /** Every documented vendor operation, typed, through the same auth, limiter, retry and redaction. */
  readonly client: Client;
  /** Why this provider cannot be used now, or null. One cheap authenticated read. */
  check(options?: CallOptions): Promise<ErrorInfo | null>;
  /** Lets go of connections and timers; calls under way end as `cancelled`. */
  close(): Promise<void>;
}
/** What a provider is made with. Time and randomness are passed in, so that no test has to sleep. */
export interface AdapterContext {
  readonly id: ProviderId;
  /** Epoch milliseconds; `Date.now` if left out. */
  readonly clock?: () => number;
  /** Waits; ends early, without throwing, when the signal aborts. Real timers if left out. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 <= x < 1, for jitter; `Math.random` if left out. */
  readonly random?: () => number;
  readonly hooks?: Hooks;
  readonly store?: KeyValueStore;
  readonly rates?: RateStore;
}
/** Makes a provider; what `truphone({ token })` and the like return. Nothing is asked of the vendor before the first call. */
export type ProviderFactory<Client = unknown> = (context: AdapterContext) => Provider<Client>;
/** What an adapter package exports for config files. */
export interface Adapter {
  readonly specVersion: 1;
  /** The short name that config files and `Provider.adapter` say. */
  readonly name: string;
  /** @throws `input` naming every setting that is wrong */
  fromConfig(settings: unknown): ProviderFactory;
}
/**
 * Where adapters and routing keep what must outlive the process: orders placed here, which SIM is whose.
 * In memory by default, files in a fleet, the product's own if given. `set` is complete when it settles; `keys` is in no order.
 */
export interface KeyValueStore {
  /** `null` where there is none, or its life is over. */
  get(key: string): Promise<string | null>;
  /** Replaces what was there; kept until deleted where no life (milliseconds) is given. */
  set(key: string, value: string, options?: { readonly ttlMs?: number }): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** The live keys that begin so. */
  keys(prefix: string): AsyncIterable<string>;
}
/** A limit shared by all who use one account. Token bucket, one atomic step: takes `cost` now or says how long to wait. In memory, or one Lua script on Redis. */
export interface RateStore {
  /** `waitMs` 0: taken. More: nothing was taken, and it may be tried again after so many milliseconds. */
  take(
    key: string,
    bucket: { readonly rate: number; readonly burst: number; readonly periodMs: number },
    cost: number,
  ): Promise<{ readonly waitMs: number }>;
}
