import type { Grain, Provider, ProviderId, TimeWindow, UsageKind } from '@carrierkit/core';
import { cancelledError, inputError, toInstant } from '@carrierkit/core';
import { type CoverageEntry, coverageOf } from '../coverage/coverage.js';
import type { Ledger } from '../ledger/ledger.js';
import { resolveWindow, type WindowInput } from '../report/window.js';
import { addCounts, NO_RECORDS } from './record-counts.js';
import { syncProvider } from './sync-provider.js';
import type { RecordCounts, UsageStore } from './usage-store.js';

/** What a running sync tells; one event for each unit of work that ended. */
export interface SyncProgress {
  readonly provider: ProviderId;
  readonly step: 'inventory' | 'read' | 'failed' | 'done';
  /** `data/day/account`; null for the inventory. */
  readonly source: string | null;
  readonly window: TimeWindow | null;
  /** SIMs of this provider and source that are done, and how many there are in all; null where the source tells the whole account at once. */
  readonly sims: { readonly done: number; readonly total: number } | null;
  readonly records: RecordCounts;
  /** For `failed`: why, without subscriber data. */
  readonly message: string | null;
}

/** What a sync reads, and from whom. */
export interface SyncOptions {
  readonly providers: readonly Provider[];
  readonly window: WindowInput;
  /** Zone in which dates of `window` are read. Default UTC. */
  readonly timezone?: string;
  /** Default: all that the providers tell. */
  readonly kinds?: readonly UsageKind[];
  /**
   * The coarsest grain that suffices for the reports to come. `month` reads month figures where the window covers whole months;
   * `day` (default) never does so unless the vendor tells nothing finer; `event` prefers single events, needed for hour buckets.
   */
  readonly grain?: Grain;
  /** False reads everything anew, also what an interrupted sync of the same window has already read. Default true. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
  /** Called after each unit of work. */
  readonly onProgress?: (progress: SyncProgress) => void;
}

/** What a sync has read. */
export interface SyncResult {
  readonly window: TimeWindow;
  /** As the ledger stands after this sync, for its window and providers. */
  readonly coverage: readonly CoverageEntry[];
  readonly records: RecordCounts;
  /** Pages read from each provider. How many vendor calls a page takes is the adapter's business: count those with the fleet's hooks. */
  readonly pages: Readonly<Record<ProviderId, number>>;
}

/** What a sync reads where nothing else is said. */
export const ALL_KINDS: readonly UsageKind[] = ['data', 'sms', 'voice', 'other'];

/**
 * Reads the usage of a window from every provider into the ledger: inventory first, then each source in its own windows.
 * Repeating it changes nothing unless a vendor has new or corrected figures. A provider that fails is recorded as unread and does not
 * stop the others; `isComplete(result.coverage)` tells. A killed or failed sync of the same window is continued where it stood.
 * @throws `input` for a bad window, `cancelled` when the signal fires (what was read stays)
 */
export async function syncUsage(options: SyncOptions & { readonly ledger: Ledger }): Promise<SyncResult> {
  const { ledger, providers } = options;
  const { window, records, pages } = await syncInto(ledger, options);
  const now = (options.clock ?? Date.now)();
  const coverage = await coverageOf(ledger, {
    window,
    now,
    ...(options.kinds && { kinds: options.kinds }),
    providers: providers.filter(({ usage }) => usage).map(({ id }) => id),
  });
  return { window, coverage, records, pages };
}

/** The same into a store of the product's own, which keeps its own coverage. */
export async function syncInto(
  store: UsageStore,
  options: SyncOptions,
): Promise<Omit<SyncResult, 'coverage'> & { readonly complete: boolean }> {
  const { providers, kinds = ALL_KINDS, grain = 'day', resume = true, signal, clock = Date.now } = options;
  const window = resolveWindow(options.window, options.timezone);
  const ids = providers.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw inputError('providers', 'the same provider id is given twice');
  const key = JSON.stringify([ids.toSorted(), window, kinds, grain]);
  const { since } = await store.beginRun({ key, at: toInstant(clock()), resume });
  // A fault of the store ends the sync of every provider, and none goes on behind the caller's back.
  const fault = new AbortController();
  const settled = await Promise.allSettled(
    providers.map(async (provider) => {
      try {
        const result = await syncProvider({
          provider,
          store,
          window,
          kinds,
          grain,
          since,
          clock,
          signal: AbortSignal.any([fault.signal, ...(signal ? [signal] : [])]),
          onProgress: options.onProgress ?? (() => {}),
        });
        return { id: provider.id, ...result };
      } catch (error) {
        fault.abort(error);
        throw error;
      }
    }),
  );
  if (fault.signal.aborted) throw fault.signal.reason;
  const results = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const complete = results.every((result) => result.complete) && signal?.aborted !== true;
  await store.endRun({ key, at: toInstant(clock()), complete });
  if (signal?.aborted) throw cancelledError();
  return {
    window,
    records: results.map(({ records }) => records).reduce(addCounts, NO_RECORDS),
    pages: Object.fromEntries(results.map(({ id, pages }) => [id, pages])),
    complete,
  };
}
