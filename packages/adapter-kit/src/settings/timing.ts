import type { AdapterContext } from '@carrierkit/core';
import { onAbort } from './on-abort.js';

/** Time and randomness as the kit uses them; tests pass their own. */
export interface Timing {
  /** Epoch milliseconds. */
  now(): number;
  /** Ends early, without throwing, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 <= x < 1. */
  random(): number;
}

export function timingOf(context: Pick<AdapterContext, 'clock' | 'sleep' | 'random'>): Timing {
  return { now: context.clock ?? Date.now, sleep: context.sleep ?? sleep, random: context.random ?? Math.random };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      ignore();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const ignore = onAbort(signal, done);
  });
}
