import type { Hooks } from '@carrierkit/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { headersView } from '../src/http/headers.js';
import { type Bucket, type Limits, mapConcurrent, memoryRateStore } from '../src/index.js';
import { Limiter } from '../src/limits/limiter.js';
import { virtualTime } from './support/virtual-time.js';

const never = new AbortController().signal;
const patienceMs = 120_000;

function limiterOf(limits: Limits, options: { share?: number; hooks?: Hooks } = {}) {
  const time = virtualTime(0);
  const limiter = new Limiter({
    provider: 'p',
    host: 'https://h',
    limits,
    share: options.share ?? 1,
    store: memoryRateStore(time.now),
    timing: time,
    hooks: options.hooks ?? {},
  });
  const go = async (lane = 'all', priority: 'interactive' | 'bulk' = 'bulk', signal = never) => {
    const admission = await limiter.turn(lane, { operation: 'op', correlationId: 'c1', priority, signal, patienceMs });
    return 'turn' in admission ? { turn: admission.turn, at: time.now() } : { ...admission, at: null };
  };
  return { limiter, time, go };
}

/** The turn of a bulk call that waits as long as it takes. */
async function bulkTurn(limiter: Limiter) {
  const request = { operation: 'op', correlationId: 'c1', priority: 'bulk', signal: never, patienceMs: 1e9 } as const;
  const admission = await limiter.turn('all', request);
  if (!('turn' in admission)) throw new Error('was not let out');
  return admission.turn;
}

const one = (bucket: Bucket): Limits => ({ buckets: { b: bucket }, lanes: { all: ['b'] } });

/** The most calls in any half-open window of that length. */
function busiest(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + windowMs).length));
}

describe('a lane', () => {
  test.prop([fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 150 })], {
    numRuns: 30,
  })('never lets more out than rate and burst allow, and uses nearly all of it', async (rate, burst, calls) => {
    const { go } = limiterOf(one({ rate, periodMs: 1000, burst }));
    const turns = await Promise.all(Array.from({ length: calls }, () => go()));
    const times = turns.map(({ at }) => at ?? Number.NaN);
    expect(busiest(times, 1000)).toBeLessThanOrEqual(rate + burst);
    const needed = (Math.max(0, calls - burst) / rate) * 1000;
    expect(Math.max(...times)).toBeLessThanOrEqual(needed + calls);
  });

  it('binds by its tightest bucket', async () => {
    const { go } = limiterOf({
      buckets: { second: { rate: 10, periodMs: 1000, burst: 10 }, hour: { rate: 12, periodMs: 3_600_000, burst: 12 } },
      lanes: { all: ['second', 'hour'] },
    });
    const turns = await Promise.all(Array.from({ length: 13 }, () => go()));
    expect(turns[11]?.at).toBeLessThan(1000);
    expect(turns[12]?.at).toBeGreaterThanOrEqual(299_000);
  });

  it('lets interactive calls pass bulk ones', async () => {
    const { go } = limiterOf(one({ rate: 1, periodMs: 1000, burst: 1 }));
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    await Promise.all([
      go().then(note('bulk 1')),
      go().then(note('bulk 2')),
      go().then(note('bulk 3')),
      go('all', 'interactive').then(note('interactive')),
    ]);
    expect(order.indexOf('interactive')).toBeLessThan(order.indexOf('bulk 2'));
  });

  it('lets go of a call that is aborted while it waits, and does not count it', async () => {
    const { go, time } = limiterOf(one({ rate: 1, periodMs: 60_000, burst: 1 }));
    await go();
    const stop = new AbortController();
    const waiting = go('all', 'bulk', stop.signal);
    const next = go();
    stop.abort();
    expect(await waiting).toMatchObject({ left: true });
    expect((await next).at).toBe(60_000);
    expect(time.now()).toBe(60_000);
  });

  it('fails every waiting call when the shared store fails', async () => {
    const time = virtualTime(0);
    const store = { take: () => Promise.reject(new Error('store is down')) };
    const limits = one({ rate: 1, periodMs: 1000, burst: 1 });
    const limiter = new Limiter({ provider: 'p', host: 'h', limits, share: 1, store, timing: time, hooks: {} });
    const ask = () =>
      limiter.turn('all', { operation: 'op', correlationId: 'c1', priority: 'bulk', signal: never, patienceMs });
    const results = await Promise.allSettled([ask(), ask()]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });

  it('takes only its share', async () => {
    const { go } = limiterOf(one({ rate: 100, periodMs: 1000, burst: 40 }), { share: 0.25 });
    const turns = await Promise.all(Array.from({ length: 60 }, () => go()));
    expect(
      busiest(
        turns.map(({ at }) => at ?? 0),
        1000,
      ),
    ).toBeLessThanOrEqual(25 + 10);
  });

  it('tells who waits, for what and how long', async () => {
    const waits: unknown[] = [];
    const { go } = limiterOf(one({ rate: 1, periodMs: 1000, burst: 1 }), {
      hooks: { onWait: (event) => waits.push(event) },
    });
    await Promise.all([go(), go()]);
    expect(waits).toEqual([{ provider: 'p', operation: 'op', correlationId: 'c1', bucket: 'b', waitMs: 1000 }]);
  });
});

describe('a process that starts when another has just used everything', () => {
  /** Both think that their bucket is full; the vendor has one for the two. */
  async function secondOf(bucket: Bucket, calls: number, parallel: number, vendorTells: boolean) {
    const time = virtualTime(0);
    const vendor = memoryRateStore(time.now);
    const random = () => 0.5;
    const refusals: number[] = [];
    const run = async () => {
      const limits = one(bucket);
      const store = memoryRateStore(time.now);
      const limiter = new Limiter({
        provider: 'p',
        host: 'h',
        limits,
        share: 1,
        store,
        timing: { ...time, random },
        hooks: {},
      });
      const call = async (): Promise<void> => {
        const turn = await bulkTurn(limiter);
        // On its way.
        await time.sleep(20);
        const { waitMs } = await vendor.take('account', bucket, 1);
        await time.sleep(20);
        turn.done(null);
        if (waitMs === 0) {
          limiter.passed('all');
          return;
        }
        refusals.push(time.now());
        await time.sleep(limiter.refused('all', vendorTells ? waitMs : null));
        await call();
      };
      await mapConcurrent(Array.from({ length: calls }), parallel, call);
      return time.now();
    };
    await run();
    const [before, started] = [refusals.length, time.now()];
    const ended = await run();
    return { alone: before, refused: refusals.length - before, tookMs: ended - started };
  }

  const buckets = fc.record({
    rate: fc.constantFrom(5, 10, 50, 100),
    burst: fc.integer({ min: 1, max: 50 }),
    periodMs: fc.constant(1000),
  });

  test.prop([buckets, fc.integer({ min: 1, max: 60 }), fc.boolean()], {
    numRuns: 25,
    examples: [[{ rate: 10, burst: 4, periodMs: 1000 }, 2, false]],
  })(
    'meets not much more than one burst of refusals, then goes on at the pace of the lane',
    async (bucket, parallel, vendorTells) => {
      const calls = 2 * bucket.burst + 3 * bucket.rate;
      const { alone, refused, tookMs } = await secondOf(bucket, calls, parallel, vendorTells);
      expect(alone).toBe(0);
      expect(refused).toBeLessThanOrEqual(Math.min(parallel, bucket.burst) + 6);
      // The vendor's bucket was empty, so this is the least there is, and a hold or two.
      const least = (calls / Math.min(bucket.rate, parallel / 0.04)) * 1000;
      expect(tookMs).toBeLessThan(least + 3000);
    },
  );
});

describe('four processes on one account', () => {
  const allowed = 300;
  const windowMs = 60_000;
  const bucket: Bucket = { rate: 294, burst: 4, periodMs: windowMs };

  it.each([
    ['with a share of a quarter each', 0.25, false],
    ['with one store between them', 1, true],
  ])('%s use 98 % of what the vendor allows, and no window holds more', async (_, share, isShared) => {
    const time = virtualTime(0);
    const common = memoryRateStore(time.now);
    const minutes = 10;
    const arrivals: number[] = [];
    const work = async () => {
      const store = isShared ? common : memoryRateStore(time.now);
      const limits = one(bucket);
      const limiter = new Limiter({ provider: 'p', host: 'h', limits, share, store, timing: time, hooks: {} });
      const call = async () => {
        const turn = await bulkTurn(limiter);
        arrivals.push(time.now());
        await time.sleep(50);
        turn.done(null);
        limiter.passed('all');
      };
      await mapConcurrent(Array.from({ length: (minutes * allowed) / 4 }), 5, call);
    };
    await Promise.all(Array.from({ length: 4 }, work));
    const inTime = arrivals.filter((at) => at < minutes * windowMs).length;
    expect(inTime).toBeGreaterThanOrEqual(0.98 * allowed * minutes);
    expect(busiest(arrivals, windowMs)).toBeLessThanOrEqual(allowed);
  });
});

describe('an allowance that the vendor tells of', () => {
  const windowMs = 60_000;
  const minutes = 6;

  interface Scene {
    /** What this account is allowed, whatever the documentation says. */
    readonly allowed: number;
    readonly workers?: number;
    /** The machine stands still for so long, once a minute. */
    readonly stallMs?: number;
    /** Calls a minute that somebody else makes. */
    readonly others?: number;
  }

  /** Bulk work against fixed windows, with the documented 300 a minute as a bucket. */
  async function played({ allowed, workers = 1, stallMs = 0, others = 0 }: Scene) {
    const time = virtualTime(0);
    const used: number[] = [];
    let refused = 0;
    let stalledUntil = 0;
    const counted = (isOurs: boolean) => {
      const index = Math.floor(time.now() / windowMs);
      const count = used[index] ?? 0;
      if (count < allowed) used[index] = count + 1;
      else if (isOurs) refused += 1;
      return headersView({
        'x-ratelimit-limit': String(allowed),
        'x-ratelimit-remaining': String(allowed - (used[index] ?? 0)),
        'x-ratelimit-reset': String((index + 1) * windowMs - time.now()),
      });
    };
    const limits: Limits = {
      ...one({ rate: 294, burst: 4, periodMs: windowMs }),
      read: (headers) => ({
        bucket: 'b',
        limit: Number(headers.get('X-RateLimit-Limit')),
        remaining: Number(headers.get('X-RateLimit-Remaining')),
        resetMs: Number(headers.get('X-RateLimit-Reset')),
      }),
    };
    const awake = async () => {
      if (stalledUntil > time.now()) await time.sleep(stalledUntil - time.now());
    };
    const timing = {
      ...time,
      sleep: async (ms: number, signal?: AbortSignal) => {
        await time.sleep(ms, signal);
        await awake();
      },
    };
    let over = false;
    const work = async () => {
      const store = memoryRateStore(time.now);
      const limiter = new Limiter({ provider: 'p', host: 'h', limits, share: 1 / workers, store, timing, hooks: {} });
      const call = async () => {
        const turn = await bulkTurn(limiter);
        await time.sleep(30);
        const headers = counted(true);
        await time.sleep(30);
        await awake();
        turn.done(headers);
        limiter.passed('all');
      };
      const worker = async () => {
        while (!over) await call();
      };
      await Promise.all(Array.from({ length: 10 }, worker));
    };
    const disturb = async () => {
      for (let minute = 0; minute < minutes; minute++) {
        await time.sleep(minute * windowMs + 20_000 - time.now());
        stalledUntil = time.now() + stallMs;
      }
      await time.sleep(minutes * windowMs - time.now());
      over = true;
    };
    const other = async () => {
      for (let made = 0; made < others * minutes; made++) {
        await time.sleep((made * windowMs) / others - time.now());
        counted(false);
      }
    };
    await Promise.all([disturb(), other(), ...Array.from({ length: workers }, work)]);
    const whole = used.slice(0, minutes).reduce((sum, count) => sum + count, 0);
    return { share: whole / (allowed * minutes), refused };
  }

  it.each<[string, Scene, number]>([
    ['as documented', { allowed: 300 }, 0.98],
    ['by four workers of a quarter each', { allowed: 300, workers: 4 }, 0.98],
    ['also where the machine is busy with something else for seconds', { allowed: 300, stallMs: 8000 }, 0.98],
    ['by four workers on such a machine', { allowed: 300, workers: 4, stallMs: 8000 }, 0.97],
    // The first call of each window learns of it.
    ['where it is larger than documented', { allowed: 1200 }, 0.98],
    ['where it is smaller', { allowed: 60 }, 0.95],
    ['beside somebody else', { allowed: 300, others: 120 }, 0.98],
  ])('is used to the full, and none of our calls is refused: %s', async (_, scene, atLeast) => {
    const { share, refused } = await played(scene);
    expect(refused).toBe(0);
    expect(share).toBeGreaterThanOrEqual(atLeast);
  });
});

describe('refusals in a row', () => {
  it('hold the lane longer each time, those of one moment once, until a call passes', () => {
    const { limiter, time } = limiterOf(one({ rate: 10, periodMs: 1000, burst: 5 }));
    const refusedAfter = (ms: number) => {
      time.advance(ms);
      return limiter.refused('all', null);
    };
    expect([refusedAfter(0), refusedAfter(25), refusedAfter(0)]).toEqual([125, 100, 100]);
    expect([refusedAfter(100), refusedAfter(250), refusedAfter(500)]).toEqual([250, 500, 1000]);
    limiter.passed('all');
    expect(refusedAfter(1000)).toBe(125);
  });

  it('hold as long as the vendor says, but where it says at once', () => {
    const { limiter, time } = limiterOf(one({ rate: 10, periodMs: 1000, burst: 5 }));
    expect(limiter.refused('all', 0)).toBe(125);
    time.advance(1);
    expect(limiter.refused('all', 7000)).toBe(7000);
    time.advance(7000);
    expect(limiter.refused('all', 40)).toBe(40);
  });
});

describe('vendor headers', () => {
  const limits: Limits = {
    ...one({ rate: 300, periodMs: 60_000, burst: 300 }),
    read: (headers) => ({
      bucket: 'b',
      remaining: Number(headers.get('X-RateLimit-Remaining')),
      resetMs: Number(headers.get('X-RateLimit-Reset')),
    }),
  };

  it('do not hold back a process that has the whole window, as long as they leave something', async () => {
    const { go } = limiterOf({
      ...one({ rate: 1000, periodMs: 1000, burst: 1000 }),
      read: () => ({ bucket: 'b', limit: 5, remaining: 5, resetMs: 60_000 }),
    });
    for (let calls = 0; calls < 20; calls++) {
      const { turn, at } = await go();
      expect(at).toBeLessThan(1000);
      turn?.done(headersView({}));
    }
  });

  it('stop us when others have used the window, until it starts anew', async () => {
    const { go } = limiterOf(limits);
    const first = await go();
    first.turn?.done(headersView({ 'x-ratelimit-remaining': '2', 'x-ratelimit-reset': '30000' }));
    const turns = await Promise.all([go(), go(), go()]);
    expect(turns.map(({ at }) => at)).toEqual([0, 0, 30_000]);
  });

  it('are read against the calls under way', async () => {
    const { go } = limiterOf(limits);
    const [first, second] = [await go(), await go()];
    first.turn?.done(headersView({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '30000' }));
    expect((await go()).at).toBe(30_000);
    second.turn?.done(null);
  });

  it('hold a whole lane after a 429', async () => {
    const { go, limiter } = limiterOf(limits);
    limiter.refused('all', 5_000);
    expect((await go()).at).toBe(5_000);
  });
});
