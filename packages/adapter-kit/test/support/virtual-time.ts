import type { AdapterContext } from '@carrierkit/core';

/** A clock that moves only when somebody sleeps, so that waiting costs no time; sleepers wake in order. */
export function virtualTime(start = Date.parse('2026-10-01T00:00:00Z')) {
  let now = start;
  const slept: number[] = [];
  const sleepers: { at: number; wake: () => void }[] = [];
  let scheduled = false;
  const wakeNext = () => {
    scheduled = false;
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.wake();
    schedule();
  };
  const schedule = () => {
    if (scheduled || sleepers.length === 0) return;
    scheduled = true;
    // After all promise work that is under way.
    setImmediate(wakeNext);
  };
  return {
    slept,
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
    clock: () => now,
    random: () => 0.5,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        slept.push(ms);
        if (signal?.aborted) return resolve();
        sleepers.push({ at: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
        schedule();
      }),
  } satisfies Partial<AdapterContext> & Record<string, unknown>;
}
