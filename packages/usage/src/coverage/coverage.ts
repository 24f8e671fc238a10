import type { ErrorInfo, Grain, Instant, ProviderId, TimeWindow, UsageKind } from '@carrierkit/core';
import { toInstant } from '@carrierkit/core';
import type { LedgerReader } from '../ledger/ledger.js';
import { INVENTORY } from '../ledger/reads.js';
import { type FailureFacts, type ReadPattern, readCoverageFacts, type SourceFacts } from './coverage-facts.js';
import { clip, gaps, type TimeRange, union } from './time-ranges.js';

/** How far one source of one provider was read for a window. Stands beside the figures in every format. */
export interface CoverageEntry {
  readonly provider: ProviderId;
  /** `data/day/account`; `inventory` where the inventory itself could not be read. */
  readonly source: string;
  readonly kinds: readonly UsageKind[];
  readonly grain: Grain | null;
  readonly scope: 'account' | 'sim';
  readonly sims: {
    /** SIMs of the inventory at that time; null where the inventory was never read. */
    readonly expected: number | null;
    /** SIMs read to the end of the window, by the latest attempt. */
    readonly read: number;
    /** SIMs whose latest attempt failed; older figures of theirs may stand in the ledger. */
    readonly failed: number;
  };
  /** Parts of the window that neither this nor another source of the same kinds was ever asked for. */
  readonly gaps: readonly TimeWindow[];
  /** Figures before this instant no longer change by the vendor's declaration. */
  readonly settledThrough: Instant | null;
  /** The vendor says that it tells costs, and did so for at least one record of the window, if there are any. */
  readonly costTold: boolean;
  /** The vendor's unit of data and how sure its size is; null where the vendor counts bytes. */
  readonly unit: { readonly name: string; readonly bytes: number; readonly basis: 'documented' | 'inferred' } | null;
  /** `vendor-day`, `vendor-month`: rows span more than a bucket or the window's edge and were counted by their start. */
  readonly bucketing: 'exact' | 'vendor-day' | 'vendor-month';
  /** When the oldest of the figures was read; null when nothing was. */
  readonly readAt: Instant | null;
  /** Why the last failing attempt failed. */
  readonly error: ErrorInfo | null;
}

export interface CoverageRequest {
  readonly window: TimeWindow;
  readonly now: number;
  readonly providers?: readonly ProviderId[];
  readonly kinds?: readonly UsageKind[];
  /** How rows of a grain fall into the buckets of the report. Default: exact. */
  readonly bucketing?: (grain: Grain) => CoverageEntry['bucketing'];
}

/** True when every SIM of every source was read for the whole window and the latest attempts succeeded; false where nothing was ever read. */
export function isComplete(coverage: readonly CoverageEntry[]): boolean {
  return coverage.length > 0 && coverage.every(isCompleteEntry);
}

export function isCompleteEntry({ sims, gaps: open, error }: CoverageEntry): boolean {
  return (
    error === null && open.length === 0 && sims.failed === 0 && sims.expected !== null && sims.read >= sims.expected
  );
}

/** What the ledger knows about a window, one entry for each provider and source. */
export async function coverageOf(ledger: LedgerReader, request: CoverageRequest): Promise<readonly CoverageEntry[]> {
  const facts = await readCoverageFacts(ledger, request);
  // Nobody can have read what has not happened yet.
  const asked = clip([range(request.window)], { from: 0, to: Math.max(request.now, Date.parse(request.window.from)) });
  const bySource = <T extends { readonly provider: string; readonly source: string }>(
    all: readonly T[],
    source: SourceFacts,
  ) => all.filter((item) => item.provider === source.provider && item.source === source.source);
  const touched = (source: SourceFacts) =>
    bySource(facts.patterns, source).length > 0 || bySource(facts.failures, source).length > 0;
  // A source that was once used but not for this window counts only where no other one speaks for its kinds.
  const relevant = facts.sources.filter(
    (source) =>
      touched(source) ||
      !facts.sources.some(
        (other) =>
          other.provider === source.provider &&
          touched(other) &&
          source.kinds.every((kind) => other.kinds.includes(kind)),
      ),
  );
  const entries = relevant.map((source) => {
    const relatives = relevant.filter(
      (other) => other.provider === source.provider && other.kinds.some((kind) => source.kinds.includes(kind)),
    );
    const tried = relatives.flatMap((other) =>
      triedRanges(bySource(facts.patterns, other), bySource(facts.failures, other)),
    );
    return entryOf(
      source,
      bySource(facts.patterns, source),
      bySource(facts.failures, source),
      facts.expected.get(source.provider) ?? null,
      gaps(asked, tried),
      request,
    );
  });
  const unheard = (request.providers ?? []).filter((id) => !entries.some(({ provider }) => provider === id));
  return [...entries, ...unheard.map((provider) => neverRead(provider, asked))];
}

function neverRead(provider: ProviderId, asked: readonly TimeRange[]): CoverageEntry {
  return {
    provider,
    source: INVENTORY,
    kinds: [],
    grain: null,
    scope: 'account',
    sims: { expected: null, read: 0, failed: 0 },
    gaps: asked.map(asWindow),
    settledThrough: null,
    costTold: false,
    unit: null,
    bucketing: 'exact',
    readAt: null,
    error: null,
  };
}

function entryOf(
  source: SourceFacts,
  patterns: readonly ReadPattern[],
  failures: readonly FailureFacts[],
  expected: number | null,
  open: readonly TimeRange[],
  request: CoverageRequest,
): CoverageEntry {
  const due = clip(union(triedRanges(patterns, failures)), range(request.window));
  const whole = patterns.filter(
    ({ failed, there, ranges }) => !failed && due.length > 0 && gaps(clip(due, there), ranges).length === 0,
  );
  const everything = whole.some((pattern) => pattern.wholeAccount);
  const nobody = source.scope === 'sim' && expected === 0;
  const failedSims = failures.some((failure) => failure.wholeAccount)
    ? (expected ?? 0)
    : failures.reduce((sum, failure) => sum + failure.sims, 0);
  const readSims = everything ? (expected ?? 0) : whole.reduce((sum, pattern) => sum + pattern.sims, 0);
  return {
    provider: source.provider,
    source: source.source,
    kinds: source.kinds,
    grain: source.grain,
    scope: source.scope,
    sims: {
      expected,
      read: Math.min(readSims, expected ?? readSims),
      failed: Math.min(failedSims, expected ?? failedSims),
    },
    gaps: nobody ? [] : open.map(asWindow),
    settledThrough: settledThrough(patterns, range(request.window)),
    costTold: source.costTold,
    unit: source.unit,
    bucketing: source.grain === null ? 'exact' : (request.bucketing?.(source.grain) ?? 'exact'),
    readAt: patterns.length === 0 ? null : toInstant(Math.min(...patterns.map((pattern) => pattern.readAt))),
    error: failures.at(-1)?.error ?? null,
  };
}

function triedRanges(patterns: readonly ReadPattern[], failures: readonly FailureFacts[]): readonly TimeRange[] {
  return [...patterns.flatMap((pattern) => pattern.ranges), ...failures.map((failure) => failure.range)];
}

function settledThrough(patterns: readonly ReadPattern[], window: TimeRange): Instant | null {
  if (patterns.length === 0) return null;
  const ends = patterns.map(({ there, ranges, settledTo }) => {
    const readTo = Math.max(...ranges.map(({ to }) => to));
    // A SIM that has left has no figures after that, so nothing of it can change.
    const end = readTo >= there.to ? window.to : readTo;
    return Math.max(window.from, Math.min(settledTo, end));
  });
  return toInstant(Math.min(...ends));
}

function asWindow({ from, to }: TimeRange): TimeWindow {
  return { from: toInstant(from), to: toInstant(to) };
}

function range({ from, to }: TimeWindow): TimeRange {
  return { from: Date.parse(from), to: Date.parse(to) };
}
