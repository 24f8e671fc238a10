import { onAbort } from '@carrierkit/core';

export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Stops listening to the signals above; what waits on this one is not aborted by it. */
  release(): void;
}

/** One signal for a call that may be stopped by its caller or by the end of its client. `AbortSignal.any` would stay with a long-lived signal for every call (Node 20). */
export function linkedSignal(...above: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const ignores = above.map((signal) => onAbort(signal, stop));
  if (above.some((signal) => signal?.aborted)) stop();
  return {
    signal: controller.signal,
    release: () => {
      for (const ignore of ignores) ignore();
    },
  };
}
