import type {
  CallOptions,
  ErrorInfo,
  ErrorKind,
  Grain,
  Instant,
  Provider,
  TimeWindow,
  UsageKind,
} from '@carrierkit/core';
import { ConnectivityError, inChunks, toErrorInfo, toInstant } from '@carrierkit/core';
import { PageStream } from './page-stream.js';
import { type PlannedSource, planReads } from './plan-reads.js';
import { addCounts, NO_RECORDS } from './record-counts.js';
import type { SyncProgress } from './sync-usage.js';
import type { ReadTarget, RecordCounts, SourceInUse, UsageRead, UsageStore } from './usage-store.js';

export interface ProviderSync {
  readonly provider: Provider;
  readonly store: UsageStore;
  readonly window: TimeWindow;
  readonly kinds: readonly UsageKind[];
  readonly grain: Grain;
  readonly since: string;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SyncProgress) => void;
}

export interface ProviderResult {
  readonly records: RecordCounts;
  readonly pages: number;
  readonly complete: boolean;
}

/** SIMs that enter the ledger together: what is lost when a sync is killed, and what one failing SIM makes us read again. */
const SIMS_PER_READ = 100;
/** SIMs that are noted as unread together. */
const SIMS_PER_NOTE = 10_000;
/** A failure of these kinds says nothing about single SIMs, and the next call would fail in the same way. */
const WHOLE_PROVIDER: ReadonlySet<ErrorKind> = new Set(['authentication', 'permission', 'cancelled', 'unsupported']);
/** A failure of these kinds may be one SIM's alone. */
const SINGLE_SIMS: ReadonlySet<ErrorKind> = new Set([
  'not-found',
  'contract',
  'input',
  'damaged-identifier',
  'conflict',
  'partial',
]);
/** After so many failing reads in a row the rest of a provider is left unread instead of being tried for hours. */
const GIVE_UP_AFTER = 3;
/** The same where each failure looked like one SIM's own: so many in a row are none. */
const GIVE_UP_AFTER_SIMS = 30;
/** Nobody is asked about no SIMs. */
const nothing: AsyncIterable<never> = {
  async *[Symbol.asyncIterator]() {
    // no records
  },
};

/** One provider's part of a sync. Throws only for a fault of the store. */
export async function syncProvider(sync: ProviderSync): Promise<ProviderResult> {
  return new ProviderRun(sync).run();
}

class ProviderRun {
  readonly #sync: ProviderSync;
  #records = NO_RECORDS;
  #pages = 0;
  #failures = 0;
  #failuresInARow = 0;
  #failedSimsInARow = 0;
  #inventoryError: ErrorInfo | null = null;
  /** Once set, nothing more is asked of this provider; what is left is noted as unread for this reason. */
  #stopped: ErrorInfo | null = null;

  constructor(sync: ProviderSync) {
    this.#sync = sync;
  }

  async run(): Promise<ProviderResult> {
    await this.#snapshotInventory();
    for (const planned of planReads(this.#declared, { ...this.#sync, now: this.#sync.clock() })) {
      if (this.#stopped?.kind === 'cancelled') break;
      await this.#readSource(planned);
    }
    this.#tell('done', null, null, null, null);
    return { records: this.#records, pages: this.#pages, complete: this.#failures === 0 };
  }

  get #declared() {
    const { provider } = this.#sync;
    return provider.usage ? provider.capabilities.usage : [];
  }

  get #now(): Instant {
    return toInstant(this.#sync.clock());
  }

  get #options(): CallOptions {
    return { priority: 'bulk', signal: this.#sync.signal };
  }

  /** A failing inventory is a failure of this sync, but the SIMs of the last snapshot are still asked for. */
  async #snapshotInventory(): Promise<void> {
    const { provider, store, window } = this.#sync;
    const sims = new PageStream(provider.inventory.list({}, this.#options), this.#countPage);
    try {
      await store.snapshot({ provider: provider.id, sims, readAt: this.#now });
      this.#tell('inventory', null, null, null, null);
    } catch (thrown) {
      const error = this.#vendorError(thrown, sims);
      this.#failures += 1;
      this.#inventoryError = error;
      if (WHOLE_PROVIDER.has(error.kind)) this.#stopped = error;
      if (error.kind === 'cancelled') return;
      await store.failSnapshot({
        provider: provider.id,
        adapter: provider.adapter,
        window,
        error,
        at: this.#now,
      });
      this.#tell('failed', null, null, null, error.message);
    }
  }

  async #readSource(planned: PlannedSource): Promise<void> {
    const { provider, store, since } = this.#sync;
    const source: SourceInUse = { ...planned, provider: provider.id, adapter: provider.adapter };
    for (const window of planned.windows) {
      if (source.declared.scope === 'account') {
        if (!(await store.isRead({ source, window, since }))) await this.#read({ source, window, targets: null }, null);
        continue;
      }
      if (this.#inventoryError !== null && (await store.snapshotSize(provider.id)) === null) {
        await this.#leaveUnread({ source, window, targets: null }, this.#inventoryError, null);
        continue;
      }
      const targets = await store.unreadTargets({ source, window, since });
      if (targets.length === 0 && (await store.snapshotSize(provider.id)) === 0)
        await store.append({ source, window, targets }, nothing, {
          readAt: this.#now,
          clock: this.#sync.clock,
          pages: () => 0,
        });
      for (let done = 0; done < targets.length; ) {
        const chunk = targets.slice(done, done + (this.#stopped ? SIMS_PER_NOTE : SIMS_PER_READ));
        done += chunk.length;
        await this.#read({ source, window, targets: chunk }, { done, total: targets.length });
      }
    }
  }

  /** Reads one unit of work, all or nothing. A chunk that fails for one SIM's sake is halved until that SIM stands alone. */
  async #read(read: UsageRead, sims: SyncProgress['sims']): Promise<void> {
    if (this.#stopped) return this.#leaveUnread(read, this.#stopped, sims);
    const { store, clock } = this.#sync;
    const readAt = this.#now;
    const records = new PageStream(this.#ask(read), this.#countPage);
    try {
      const counts = await store.append(read, records, { readAt, clock, pages: () => records.pages });
      this.#records = addCounts(this.#records, counts);
      this.#failuresInARow = 0;
      this.#failedSimsInARow = 0;
      this.#tell('read', read.source.name, read.window, sims, null, counts);
    } catch (thrown) {
      const error = this.#vendorError(thrown, records);
      if (isAboutSingleSims(error) && read.targets !== null && read.targets.length > 1) {
        for (const half of inChunks(read.targets, Math.ceil(read.targets.length / 2)))
          await this.#read({ ...read, targets: half }, sims);
        return;
      }
      if (isAboutSingleSims(error) && read.targets !== null) this.#failedSimsInARow += 1;
      else this.#failuresInARow += 1;
      const hopeless = this.#failuresInARow >= GIVE_UP_AFTER || this.#failedSimsInARow >= GIVE_UP_AFTER_SIMS;
      if (hopeless || WHOLE_PROVIDER.has(error.kind)) this.#stopped = error;
      await this.#leaveUnread(read, error, sims);
    }
  }

  #ask({ source, window, targets }: UsageRead) {
    const usage = this.#sync.provider.usage;
    if (!usage) throw new TypeError('a provider without usage has no sources');
    const query = { window, kinds: source.kinds, grain: source.declared.grain };
    return usage.records(
      targets === null ? query : { ...query, sims: targets satisfies readonly ReadTarget[] },
      this.#options,
    );
  }

  async #leaveUnread(read: UsageRead, error: ErrorInfo, sims: SyncProgress['sims']): Promise<void> {
    this.#failures += 1;
    // A stop by the caller is no failure of the vendor; the work is simply not done yet.
    if (error.kind === 'cancelled') return;
    await this.#sync.store.fail(read, { error, at: this.#now });
    this.#tell('failed', read.source.name, read.window, sims, error.message);
  }

  readonly #countPage = () => {
    this.#pages += 1;
  };

  /** What the vendor's side threw, as data. A store also refuses records that break the contract; any other fault of a store ends the sync. */
  #vendorError(thrown: unknown, stream: PageStream<unknown>): ErrorInfo {
    if (!stream.hasThrown(thrown) && !ConnectivityError.is(thrown, 'contract')) throw thrown;
    return toErrorInfo(thrown, { provider: this.#sync.provider.id, effect: 'none' });
  }

  #tell(
    step: SyncProgress['step'],
    source: string | null,
    window: TimeWindow | null,
    sims: SyncProgress['sims'],
    message: string | null,
    records = NO_RECORDS,
  ): void {
    this.#sync.onProgress({ provider: this.#sync.provider.id, step, source, window, sims, records, message });
  }
}

function isAboutSingleSims({ kind }: ErrorInfo): boolean {
  return SINGLE_SIMS.has(kind);
}
