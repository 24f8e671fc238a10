import { describe, expect, it } from 'vitest';
import { headersView } from '../src/http/headers.js';
import { type Limits, memoryRateStore } from '../src/index.js';
import { Limiter } from '../src/limits/limiter.js';
import { virtualTime } from './support/virtual-time.js';

function limiterOf(limits: Limits) {
  const time = virtualTime(0);
  const store = memoryRateStore(time.now);
  const limiter = new Limiter({ provider: 'p', host: 'https://h', limits, share: 1, store, timing: time, hooks: {} });
  const { signal } = new AbortController();
  const turn = (lane: string, priority: 'interactive' | 'bulk' = 'bulk', patienceMs = 120_000) =>
    limiter.turn(lane, { operation: 'op', correlationId: 'c1', priority, signal, patienceMs });
  return { limiter, time, turn };
}

const slow = { rate: 1, periodMs: 1000, burst: 1 };

describe('whose turn it is', () => {
  it.each([
    ['in one lane', { buckets: { b: slow }, lanes: { read: ['b'], write: ['b'] } }, 'read'],
    ['over lanes that share a bucket', { buckets: { b: slow }, lanes: { read: ['b'], write: ['b'] } }, 'write'],
  ])('comes to a bulk call after ten interactive ones passed it, %s', async (_, limits, bulkLane) => {
    const { turn } = limiterOf(limits);
    await turn('read');
    const order: string[] = [];
    const bulk = turn(bulkLane).then(() => order.push('bulk'));
    const many = Array.from({ length: 30 }, () => turn('read', 'interactive').then(() => order.push('interactive')));
    await Promise.all([bulk, ...many]);
    expect(order.indexOf('bulk')).toBe(10);
  });

  it('never comes while the vendor refuses, and those who cannot wait so long hear of it at once', async () => {
    const { limiter, time, turn } = limiterOf({ buckets: { b: slow }, lanes: { all: ['b'] } });
    limiter.refused('all', 30_000);
    const [hurried, patient] = await Promise.all([turn('all', 'bulk', 5_000), turn('all', 'bulk', 60_000)]);
    expect(hurried).toEqual({ heldMs: 30_000 });
    expect(patient).toHaveProperty('turn');
    expect(time.now()).toBeGreaterThanOrEqual(30_000);
  });

  it('comes at once in a lane without buckets', async () => {
    const { time, turn } = limiterOf({ buckets: {}, lanes: {} });
    await Promise.all(Array.from({ length: 50 }, () => turn('anything')));
    expect(time.now()).toBe(0);
  });

  it('cannot come from a bucket that nobody declared', () => {
    expect(() => limiterOf({ buckets: { b: slow }, lanes: { all: ['c'] } })).toThrow(/'all'.*'c'/);
  });
});

describe('what headers tell', () => {
  const wide = { rate: 100, periodMs: 60_000, burst: 100 };
  const limits: Limits = {
    buckets: { reads: wide, all: wide },
    lanes: { read: ['reads'], write: ['all'] },
    read: (headers) => ({
      bucket: headers.get('x-bucket') ?? '',
      remaining: Number(headers.get('x-left')),
      resetMs: 30_000,
    }),
  };

  it('counts for the bucket that it is about, also when another lane is told', async () => {
    const { time, turn } = limiterOf(limits);
    const first = await turn('read');
    if ('turn' in first) first.turn.done(headersView({ 'x-bucket': 'all', 'x-left': '0' }));
    await turn('read');
    expect(time.now()).toBe(0);
    await turn('write');
    expect(time.now()).toBe(30_000);
  });

  it('is left aside where it is no number', async () => {
    const { time, turn } = limiterOf(limits);
    const first = await turn('write');
    if ('turn' in first) first.turn.done(headersView({ 'x-bucket': 'all', 'x-left': 'few' }));
    await turn('write');
    expect(time.now()).toBe(0);
  });
});
