const NOTHING = (): void => {};
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal fires; the function returned takes that back. One listener serves all who wait for one signal, and goes with the last of them:
 * Node warns of a leak from the eleventh listener on, and a fleet reads more lists than that side by side under one signal.
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return NOTHING;
  const callbacks = waiting.get(signal) ?? new Set();
  if (callbacks.size === 0) {
    waiting.set(signal, callbacks);
    signal.addEventListener('abort', fired, { once: true });
  }
  callbacks.add(callback);
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) signal.removeEventListener('abort', fired);
  };
}

function fired(this: AbortSignal): void {
  const callbacks = [...(waiting.get(this) ?? [])];
  waiting.delete(this);
  for (const callback of callbacks) callback();
}
