import { ConnectivityError, parseIccid, type SimTarget } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { lookUntil, onceEach, refuseAll, type SimResult, writeEach } from '../src/index.js';
import { virtualTime } from './support/virtual-time.js';

const a = parseIccid('8944500102198304826');
const b = parseIccid('8988303000000000011');

describe('a write for each SIM', () => {
  it('writes once to a SIM that is named twice, and answers for each in input order', async () => {
    const written: SimTarget[] = [];
    const outcomes = await writeEach('p', [a, b, { iccid: a }], 2, (sim): Promise<SimResult> => {
      written.push(sim);
      return Promise.resolve({ status: sim === a ? 'applied' : 'unchanged' });
    });
    expect(written).toEqual([a, b]);
    expect(outcomes).toEqual([
      { provider: 'p', iccid: a, status: 'applied' },
      { provider: 'p', iccid: b, status: 'unchanged' },
      { provider: 'p', iccid: a, status: 'applied' },
    ]);
  });

  it('throws for no single SIM, but a mistake in code is no outcome', async () => {
    const lost = new ConnectivityError('timeout', 'lost', { effect: 'unknown' });
    const outcomes = await writeEach('p', [a, b], 1, (sim) =>
      sim === a ? Promise.reject(lost) : Promise.resolve({ status: 'applied' }),
    );
    expect(outcomes).toMatchObject([{ status: 'unknown', error: { kind: 'timeout' } }, { status: 'applied' }]);
    await expect(writeEach('p', [a], 1, () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
  });

  it('refuses all of them before any call, naming the provider', () => {
    const outcomes = refuseAll('p', [a, { iccid: b }], new ConnectivityError('unsupported', 'cannot'));
    expect(outcomes).toMatchObject([
      { iccid: a, status: 'failed', error: { kind: 'unsupported', provider: 'p' } },
      { iccid: b, status: 'failed', error: { kind: 'unsupported', provider: 'p' } },
    ]);
  });
});

it('works once on items of one key, also while the first is under way', async () => {
  const worked: string[] = [];
  const results = await onceEach(
    ['x1', 'x2', 'y1'],
    (item) => item.slice(0, 1),
    3,
    async (item) => {
      worked.push(item);
      await Promise.resolve();
      return item.toUpperCase();
    },
  );
  expect(results).toEqual(['X1', 'X1', 'Y1']);
  expect(worked).toEqual(['x1', 'y1']);
});

describe('looking until it is enough', () => {
  it('pauses longer each time, up to the longest', async () => {
    const timing = virtualTime();
    let looks = 0;
    const patience = { timing, deadline: timing.now() + 60_000, firstPauseMs: 100, longestPauseMs: 300 };
    expect(
      await lookUntil(
        () => Promise.resolve(++looks),
        (seen) => seen === 5,
        patience,
      ),
    ).toBe(5);
    expect(timing.slept).toEqual([100, 200, 300, 300]);
  });

  it('looks a last time at the deadline and gives what it saw', async () => {
    const timing = virtualTime();
    let looks = 0;
    const patience = { timing, deadline: timing.now() + 2_500 };
    expect(
      await lookUntil(
        () => Promise.resolve(++looks),
        () => false,
        patience,
      ),
    ).toBe(3);
    expect(timing.slept).toEqual([1_000, 1_500]);
  });

  it('looks once where the caller has stopped already', async () => {
    const timing = virtualTime();
    const patience = { timing, deadline: timing.now() + 2_500, signal: AbortSignal.abort() };
    expect(
      await lookUntil(
        () => Promise.resolve('seen'),
        () => false,
        patience,
      ),
    ).toBe('seen');
    expect(timing.slept).toEqual([]);
  });
});
