/** The sandbox's own time: it governs tokens, rates, keys, reports, usage and everything that happens later. */
export interface Clock {
  /** Milliseconds since the epoch. While a scheduled action runs, this is the instant it was due at. */
  now(): number;
  /** `now()` as `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  iso(): string;
  /** Runs `action` once the clock passes `now() + milliseconds`, in order of time. */
  after(milliseconds: number, action: () => void): void;
  /** Moves the clock forward and runs what became due. */
  advance(milliseconds: number): void;
  /** Runs what is due. The framework calls it before every request, so vendors need not. */
  settle(): void;
}

export interface ClockOptions {
  /** Where the clock starts, milliseconds since the epoch. Default: real time. */
  readonly start?: number;
  /** `false`: the clock stands still except for `advance`. Default `true`. */
  readonly ticking?: boolean;
}

export function createClock(options: ClockOptions = {}): Clock {
  const ticking = options.ticking ?? true;
  const startedAt = performance.now();
  let base = options.start ?? Date.now();
  let frozenAt: number | undefined;
  const due: { at: number; action: () => void }[] = [];
  let next = 0;

  const now = (): number => frozenAt ?? base + (ticking ? Math.floor(performance.now() - startedAt) : 0);

  const settle = (): void => {
    if (frozenAt !== undefined) return;
    const until = now();
    try {
      for (let task = due[next]; task !== undefined && task.at <= until; task = due[next]) {
        next += 1;
        frozenAt = task.at;
        task.action();
      }
    } finally {
      frozenAt = undefined;
      if (next > 1024) {
        due.splice(0, next);
        next = 0;
      }
    }
  };

  return {
    now,
    iso: () => new Date(now()).toISOString(),
    after: (milliseconds, action) => {
      const at = now() + Math.max(0, milliseconds);
      due.splice(placeFor(due, at, next), 0, { at, action });
    },
    advance: (milliseconds) => {
      settle();
      base += milliseconds;
      settle();
    },
    settle,
  };
}

/** First place whose task is due later than `at`, so that equal instants keep their order. */
function placeFor(due: readonly { readonly at: number }[], at: number, from: number): number {
  let low = from;
  let high = due.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((due[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
