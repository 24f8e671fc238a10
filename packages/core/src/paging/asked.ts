import { cancelledError } from '../errors/make-error.js';
import { onAbort } from './on-abort.js';

/** A question under way. */
export interface Asked<T> {
  readonly answer: Promise<T>;
  /** Aborts the question; `answer` then fails at once, also where the other side ignores its signal. */
  stop(): void;
}

/**
 * Asks, with a signal of its own, and listens to the caller's signal only until the answer is there.
 * `AbortSignal.any` would leave an entry on a long-lived signal for every page (Node 20), one signal per list would gather the listeners of every request.
 */
export function asked<T>(ask: (signal: AbortSignal) => Promise<T>, caller: AbortSignal | undefined): Asked<T> {
  const controller = new AbortController();
  const { signal } = controller;
  let stop = (): void => {};
  const answer = new Promise<T>((resolve, reject) => {
    if (caller?.aborted) return reject(cancelledError());
    stop = () => {
      settled();
      reject(cancelledError());
      controller.abort();
    };
    const settled = onAbort(caller, () => stop());
    void (async () => ask(signal))().then(resolve, reject).finally(settled);
  });
  // What is read ahead may fail while nobody awaits it: without this Node ends the process with an unhandled rejection.
  // Whoever awaits the answer later still gets the error.
  answer.catch(() => {});
  return { answer, stop };
}
