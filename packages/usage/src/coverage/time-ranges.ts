/** Milliseconds since 1970, half open. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The same time as disjoint ranges in order. */
export function union(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < to) merged.push({ from, to });
  }
  return merged;
}

/** What of `whole` no range covers. */
export function gaps(whole: readonly TimeRange[], ranges: readonly TimeRange[]): readonly TimeRange[] {
  const covered = union(ranges);
  return union(whole).flatMap(({ from, to }) => {
    const open: TimeRange[] = [];
    let start = from;
    for (const range of covered) {
      if (range.to <= start || range.from >= to) continue;
      if (range.from > start) open.push({ from: start, to: range.from });
      start = Math.max(start, range.to);
    }
    return start < to ? [...open, { from: start, to }] : open;
  });
}

export function clip(ranges: readonly TimeRange[], { from, to }: TimeRange): readonly TimeRange[] {
  return ranges
    .map((range) => ({ from: Math.max(range.from, from), to: Math.min(range.to, to) }))
    .filter((range) => range.from < range.to);
}
