import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { timingOf } from '../src/index.js';
import { realTimer } from '../src/settings/timing.js';

const week = 7 * 24 * 3_600_000;

describe("the machine's time", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('wakes a sleeper when the time is over, and not before', async () => {
    const { now, sleep } = timingOf({});
    const started = now();
    let woke = Number.NaN;
    const sleeping = sleep(1000).then(() => {
      woke = now() - started;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(woke).toBeNaN();
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(woke).toBe(1000);
  });

  it('wakes a sleeper at once when the signal aborts, or has aborted already, and leaves no timer behind', async () => {
    const { sleep } = timingOf({});
    const stop = new AbortController();
    const sleeping = sleep(week, stop.signal);
    expect(vi.getTimerCount()).toBe(1);
    stop.abort();
    await sleeping;
    await sleep(week, stop.signal);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('also counts weeks, which one timer of Node cannot', () => {
    let fired = 0;
    realTimer(() => fired++, 8 * week);
    vi.advanceTimersByTime(8 * week - 1);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
  });
});

it('chance is above nothing and below one', () => {
  const { random } = timingOf({});
  for (let n = 0; n < 100; n++) expect(Math.floor(random())).toBe(0);
});
