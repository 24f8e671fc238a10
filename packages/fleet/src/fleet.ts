import type {
  Ability,
  AnyConnectivityError,
  CallOptions,
  Capabilities,
  Lifecycle,
  Messaging,
  PagedList,
  Provider,
  ProviderFactory,
  ProviderId,
  Sim,
  SimFilter,
  SimInventory,
  Usage,
  UsageRecord,
} from '@carrierkit/core';
import type { Complete } from './complete.js';
import type { Runs } from './runs/runs.js';

/** How a list over several providers treats one that fails. */
export interface MergeOptions extends CallOptions {
  /**
   * Left out, the list ends by throwing `partial`, which names the failed providers. Given, each failure goes there as it happens and the
   * list ends normally.
   */
  readonly onProviderError?: (error: AnyConnectivityError) => void;
}

/** Every SIM of every provider as one inventory. */
export interface FleetInventory extends Complete<SimInventory> {
  /**
   * Providers are read side by side. A page holds SIMs of one provider; its `next` cursor holds every provider's position, so it can be
   * stored and continued later, also after a provider failed.
   */
  list(filter?: SimFilter, options?: MergeOptions): PagedList<Sim>;
}

/** Usage of every provider as one stream of records. */
export interface FleetUsage extends Complete<Usage> {
  records(query: Parameters<Usage['records']>[0], options?: MergeOptions): PagedList<UsageRecord>;
}

/** One provider seen through complete ports, with its typed vendor client. */
export interface FleetProvider<Client = unknown> {
  readonly id: ProviderId;
  /** The adapter's name, for example `truphone`. */
  readonly adapter: string;
  readonly capabilities: Capabilities;
  readonly inventory: FleetInventory;
  readonly lifecycle: Complete<Lifecycle>;
  readonly messaging: Complete<Messaging>;
  readonly usage: FleetUsage;
  readonly client: Client;
}

/** The typed vendor client that a factory's provider will have. */
export type ClientOf<Factory> = Factory extends ProviderFactory<infer Client> ? Client : never;

/** The factories of a fleet by provider id. */
export type Factories = Readonly<Record<ProviderId, ProviderFactory>>;

/** Many providers behind the four ports of one. Release it with `close()` or `await using`. */
export interface Fleet<P extends Factories = Factories> extends AsyncDisposable {
  readonly inventory: FleetInventory;
  readonly lifecycle: Complete<Lifecycle>;
  readonly messaging: Complete<Messaging>;
  readonly usage: FleetUsage;
  readonly providers: readonly Provider[];
  /** The same complete ports over one provider, plus its typed vendor client. An unknown id is an `input` error. */
  provider<K extends keyof P & string>(id: K): FleetProvider<ClientOf<P[K]>>;
  /** Throws `unsupported`, naming every provider that lacks one of the abilities: at start, not at the first call in production. */
  require(...abilities: readonly Ability[]): void;
  /** Bulk jobs that survive a crash. */
  readonly runs: Runs;
  /** Releases sockets, timers and files of all providers. */
  close(): Promise<void>;
}
