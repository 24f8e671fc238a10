import type { Timing } from '../settings/timing.js';

/** How long something is waited for that nothing calls back about, and how often it is looked at. */
export interface Patience {
  readonly timing: Timing;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
  /** Between the first two looks; default one second. Each pause is twice the one before. */
  readonly firstPauseMs?: number;
  /** Default 15 seconds. */
  readonly longestPauseMs?: number;
}

/** Looks until it is enough, the deadline has passed or the signal fires, at least once; gives what was seen last. */
export async function lookUntil<T>(
  look: () => Promise<T>,
  isEnough: (seen: T) => boolean,
  { timing, deadline, signal, firstPauseMs = 1_000, longestPauseMs = 15_000 }: Patience,
): Promise<T> {
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const seen = await look();
    const left = deadline - timing.now();
    if (isEnough(seen) || left <= 0 || signal?.aborted) return seen;
    await timing.sleep(Math.min(pause, left), signal);
  }
}
