import { type AdapterContext, onAbort } from '@carrierkit/core';

/** Time and randomness as the kit uses them; tests pass their own. */
export interface Timing {
  /** Epoch milliseconds. */
  now(): number;
  /** Ends early, without throwing, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 <= x < 1. */
  random(): number;
}

/** The context's own time and randomness, the machine's where it has none. */
export function timingOf(context: Pick<AdapterContext, 'clock' | 'sleep' | 'random'>): Timing {
  return { now: context.clock ?? Date.now, sleep: context.sleep ?? sleep, random: context.random ?? Math.random };
}

/** Longer ones would fire at once (Node counts them in 32 bits). */
const longestTimerMs = 2 ** 31 - 1;

/** A timer of the machine's clock, also for weeks; returns how to stop it. */
export function realTimer(fire: () => void, ms: number): () => void {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number) => {
    const later = leftMs > longestTimerMs ? () => wait(leftMs - longestTimerMs) : fire;
    timer = setTimeout(later, Math.min(leftMs, longestTimerMs));
  };
  wait(ms);
  return () => clearTimeout(timer);
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      stop();
      ignore();
      resolve();
    };
    const stop = realTimer(done, ms);
    const ignore = onAbort(signal, done);
  });
}
