import { setMaxListeners } from 'node:events';

/**
 * Calls `listener` when the signal aborts; returns how to stop listening. One signal may serve any number of calls,
 * so Node's warning about many listeners is switched off for it.
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => {};
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
