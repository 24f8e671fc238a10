import { onAbort } from '@carrierkit/core';
import { realTimer } from '../settings/timing.js';

/** Waits for something that knows neither our signal nor our deadline, and leaves it to itself when one of them comes first. */
export function waitWithin<T>(
  promise: Promise<T>,
  ms: number,
  signal: AbortSignal,
): Promise<{ readonly value: T } | 'aborted' | 'late'> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => () => {
      stopTimer();
      ignore();
      settle();
    };
    const stopTimer = realTimer(
      end(() => resolve('late')),
      ms,
    );
    const ignore = onAbort(
      signal,
      end(() => resolve('aborted')),
    );
    promise.then(
      (value) => end(() => resolve({ value }))(),
      (reason: unknown) => end(() => reject(reason as Error))(),
    );
    if (signal.aborted) end(() => resolve('aborted'))();
  });
}
