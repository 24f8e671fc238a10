import type { OutcomeStatus } from '@carrierkit/core';
import type { RunOptions } from '../runs.js';

/** Whether to begin another call. */
export interface Brake {
  /** Aborts when nothing more is to be begun: the caller stopped the run, or it stopped itself. */
  readonly signal: AbortSignal;
  readonly stopped: boolean;
  count(statuses: readonly OutcomeStatus[]): void;
  stop(): void;
}

export function brakeFor({ signal, stopAfterFailures = Number.POSITIVE_INFINITY }: RunOptions): Brake {
  const own = new AbortController();
  const either = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
  let failures = 0;
  return {
    signal: either,
    get stopped() {
      return either.aborted;
    },
    count(statuses) {
      failures += statuses.filter((status) => status === 'failed' || status === 'unknown').length;
      if (failures > 0 && failures >= stopAfterFailures) own.abort();
    },
    stop() {
      own.abort();
    },
  };
}

/** Waits for all of them, also after one failed, so that nothing is written to a run that was released. */
export async function untilAll<T>(tasks: readonly Promise<T>[], brake: Brake): Promise<readonly T[]> {
  const watched = tasks.map((task) =>
    task.catch((error: unknown) => {
      brake.stop();
      throw error;
    }),
  );
  const results = await Promise.allSettled(watched);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
