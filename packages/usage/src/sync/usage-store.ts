import type {
  ErrorInfo,
  Iccid,
  Instant,
  ProviderId,
  Sim,
  TimeWindow,
  UsageKind,
  UsageRecord,
  UsageSource,
} from '@carrierkit/core';

/** A way of reading usage as a sync uses it: the vendor's declaration, for the kinds it was chosen for. */
export interface SourceInUse {
  readonly provider: ProviderId;
  readonly adapter: string;
  /** `data/day`: names the source within its provider. */
  readonly name: string;
  readonly kinds: readonly UsageKind[];
  readonly declared: UsageSource;
}

/** A SIM as a per-SIM source is asked for it. */
export interface ReadTarget {
  readonly iccid: Iccid;
  readonly provider: ProviderId;
  readonly ref: string;
}

/** One unit of work that enters a store whole or not at all. `targets: null` = the whole account at once. */
export interface UsageRead {
  readonly source: SourceInUse;
  readonly window: TimeWindow;
  readonly targets: readonly ReadTarget[] | null;
}

/** What became of the records that were read. */
export interface RecordCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Where a sync puts what it reads. The ledger is one; a product may give its own.
 * Each call is one atomic step; a sync may be killed between any two of them and is then continued.
 */
export interface UsageStore {
  /** Begins a sync, or takes up an unfinished one of the same key; `since` is the store's own mark of where it began: reads made after it are not made again. */
  beginRun(run: {
    readonly key: string;
    readonly at: Instant;
    readonly resume: boolean;
  }): Promise<{ readonly since: string }>;
  /** `complete: false` leaves the run open, so that the next one takes it up. */
  endRun(run: { readonly key: string; readonly at: Instant; readonly complete: boolean }): Promise<void>;
  /** Stores the inventory; SIMs that are no longer listed end their validity at `readAt`. Nothing is stored if `sims` throws. */
  snapshot(inventory: {
    readonly provider: ProviderId;
    readonly sims: AsyncIterable<Sim>;
    readonly readAt: Instant;
  }): Promise<{ readonly sims: number }>;
  /** Notes that the inventory could not be read; the next snapshot removes the note. */
  failSnapshot(failure: {
    readonly provider: ProviderId;
    readonly adapter: string;
    readonly window: TimeWindow;
    readonly error: ErrorInfo;
    readonly at: Instant;
  }): Promise<void>;
  /** How many SIMs the last snapshot of a provider holds, null before the first. */
  snapshotSize(provider: ProviderId): Promise<number | null>;
  /** The SIMs of the window that have not been read since then. */
  unreadTargets(request: {
    readonly source: SourceInUse;
    readonly window: TimeWindow;
    readonly since: string;
  }): Promise<readonly ReadTarget[]>;
  /** Whether the account-wide source was read for exactly this window since then. */
  isRead(request: {
    readonly source: SourceInUse;
    readonly window: TimeWindow;
    readonly since: string;
  }): Promise<boolean>;
  /**
   * Replaces what is known of this source, window and targets: events are upserted by id, aggregates replaced as a set.
   * Throws what `records` throws, and then nothing is stored.
   */
  append(
    read: UsageRead,
    records: AsyncIterable<UsageRecord>,
    told: { readonly readAt: Instant; readonly clock: () => number; readonly pages: () => number },
  ): Promise<RecordCounts>;
  /** Notes that a unit of work could not be read; a later `append` of it removes the note. */
  fail(read: UsageRead, failure: { readonly error: ErrorInfo; readonly at: Instant }): Promise<void>;
}
