import type { Grain, TimeWindow, UsageKind, UsageSource } from '@carrierkit/core';
import { toInstant, usageSourceKey } from '@carrierkit/core';

/** One reading of one source: the kinds it was chosen for and the windows to ask for, in order. */
export interface PlannedSource {
  readonly name: string;
  readonly declared: UsageSource;
  readonly kinds: readonly UsageKind[];
  readonly windows: readonly TimeWindow[];
}

export interface PlanRequest {
  readonly window: TimeWindow;
  readonly kinds: readonly UsageKind[];
  /** The coarsest grain that suffices. Month figures are read only where the window covers the whole month. */
  readonly grain: Grain;
  readonly now: number;
}

const DAY_MS = 86_400_000;
/** What one read may hold on disk before it enters the ledger: a month of the whole account. */
const MAX_WINDOW_DAYS = 31;
const PREFERENCE: Readonly<Record<Grain, readonly Grain[]>> = {
  event: ['event', 'day', 'month'],
  day: ['day', 'event', 'month'],
  month: ['month', 'day', 'event'],
};

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly wholeMonth: boolean;
}

/**
 * Chooses, for every kind and UTC month of the window, one source of those a vendor declares, and cuts its time into the vendor's windows.
 * Windows are whole UTC days (of month sources: whole UTC months), because that is how vendors keep their figures; a window with parts of
 * days is widened. Time beyond a vendor's retention is left out: asking for it would answer "nothing" where the truth is "no longer told".
 */
export function planReads(sources: readonly UsageSource[], request: PlanRequest): readonly PlannedSource[] {
  const chosen = new Map<string, { declared: UsageSource; kinds: UsageKind[]; segments: Segment[] }>();
  for (const kind of request.kinds) {
    const segments = new Map<UsageSource, Segment[]>();
    for (const segment of monthsOf(request.window, request.now)) {
      const source = chooseSource(sources, kind, segment, request);
      const part = source && clipped(segment, source, request.now);
      if (source && part) segments.set(source, [...(segments.get(source) ?? []), part]);
    }
    for (const [declared, parts] of segments) {
      const key = JSON.stringify([sources.indexOf(declared), parts]);
      const entry = chosen.get(key) ?? { declared, kinds: [], segments: parts };
      entry.kinds.push(kind);
      chosen.set(key, entry);
    }
  }
  return [...chosen.values()].map(({ declared, kinds, segments }) => ({
    name: usageSourceKey({ ...declared, kinds }),
    declared,
    kinds,
    windows: cut(segments, declared),
  }));
}

function chooseSource(
  sources: readonly UsageSource[],
  kind: UsageKind,
  segment: Segment,
  { grain, now }: PlanRequest,
): UsageSource | null {
  const candidates = PREFERENCE[grain].flatMap((wanted) =>
    sources.filter((source) => source.grain === wanted && source.kinds.includes(kind)),
  );
  const fits = candidates.filter((source) => source.grain !== 'month' || segment.wholeMonth);
  const usable = fits.length > 0 ? fits : candidates;
  return (
    usable.find((source) => toldSince(source, now) <= segment.from) ??
    usable.find((source) => clipped(segment, source, now)) ??
    null
  );
}

/** The UTC months of the window, the first and last cut to its UTC days; nothing after the present day. */
function monthsOf(window: TimeWindow, now: number): readonly Segment[] {
  const from = Math.floor(Date.parse(window.from) / DAY_MS) * DAY_MS;
  const to = Math.min(Math.ceil(Date.parse(window.to) / DAY_MS), Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const segments: Segment[] = [];
  for (let start = from; start < to; ) {
    const { first, next } = monthAround(start);
    // The present month is whole as far as it has gone.
    const wholeMonth = start === first && (next <= to || (to > now && Date.parse(window.to) >= next));
    segments.push({ from: start, to: Math.min(next, to), wholeMonth });
    start = next;
  }
  return segments;
}

function clipped(segment: Segment, source: UsageSource, now: number): Segment | null {
  if (source.grain === 'month') {
    const { first, next } = monthAround(segment.from);
    return toldSince(source, now) <= first ? { from: first, to: next, wholeMonth: true } : null;
  }
  const from = Math.max(segment.from, toldSince(source, now));
  return from < segment.to ? { ...segment, from } : null;
}

/** The first day that the vendor still tells whole. */
function toldSince(source: UsageSource, now: number): number {
  return source.retentionDays === null
    ? Number.NEGATIVE_INFINITY
    : (Math.floor(now / DAY_MS) - source.retentionDays + 1) * DAY_MS;
}

function cut(segments: readonly Segment[], source: UsageSource): readonly TimeWindow[] {
  if (source.grain === 'month') return segments.map(asWindow);
  const length = Math.max(1, Math.min(source.windowDays, MAX_WINDOW_DAYS)) * DAY_MS;
  const windows: TimeWindow[] = [];
  // Cut from the first of each month on: the same days are then cut at the same places whatever window a later sync has.
  for (const { from, to } of segments)
    for (let start = monthAround(from).first; start < to; start += length)
      if (start + length > from)
        windows.push(asWindow({ from: Math.max(start, from), to: Math.min(start + length, to) }));
  return windows;
}

function asWindow({ from, to }: { readonly from: number; readonly to: number }): TimeWindow {
  return { from: toInstant(from), to: toInstant(to) };
}

function monthAround(time: number): { readonly first: number; readonly next: number } {
  const date = new Date(time);
  return {
    first: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
    next: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1),
  };
}
