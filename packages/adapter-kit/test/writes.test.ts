import { ConnectivityError } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { mapConcurrent, outcomeOf, writeAndSettle } from '../src/index.js';

const lost = () => new ConnectivityError('timeout', 'lost', { effect: 'unknown' });
const refused = () => new ConnectivityError('conflict', 'no', { effect: 'none' });

/** Writes and look-ups that go as scripted. */
function scripted(writes: (string | ConnectivityError)[], finds: (string | null | ConnectivityError)[]) {
  let sent = 0;
  const next = <T>(list: (T | ConnectivityError)[]): Promise<T> => {
    const step = list.shift();
    return step instanceof ConnectivityError ? Promise.reject(step) : Promise.resolve(step as T);
  };
  return {
    sent: () => sent,
    write: () => {
      sent++;
      return next<string>(writes);
    },
    find: () => next<string | null>(finds),
  };
}

describe('a write whose reply is lost', () => {
  it('is done when it is found', async () => {
    const vendor = scripted([lost()], ['found']);
    expect(await writeAndSettle({ ...vendor, absenceProves: () => true })).toBe('found');
    expect(vendor.sent()).toBe(1);
  });

  it('goes out again only where its absence proves something', async () => {
    const again = scripted([lost(), 'done'], [null]);
    expect(await writeAndSettle({ ...again, absenceProves: () => true })).toBe('done');
    expect(again.sent()).toBe(2);
    const not = scripted([lost(), 'done'], [null]);
    await expect(writeAndSettle({ ...not, absenceProves: () => false })).rejects.toMatchObject({
      kind: 'timeout',
      effect: 'unknown',
    });
    expect(not.sent()).toBe(1);
  });

  it('stays unknown when nobody can tell', async () => {
    const vendor = scripted([lost()], [new ConnectivityError('unavailable', 'down')]);
    await expect(writeAndSettle({ ...vendor, absenceProves: () => true })).rejects.toMatchObject({
      kind: 'timeout',
      effect: 'unknown',
    });
    expect(vendor.sent()).toBe(1);
  });

  it('is given up after three sends that certainly did nothing', async () => {
    const told = { provider: 'iot', operation: 'sendSms', requestId: 'r-1', effect: 'unknown' } as const;
    const last = new ConnectivityError('timeout', 'lost', told);
    const vendor = scripted([lost(), lost(), last], [null, null, null]);
    await expect(writeAndSettle({ ...vendor, absenceProves: () => true })).rejects.toMatchObject({
      ...told,
      kind: 'timeout',
      message: 'lost',
      effect: 'none',
    });
    expect(vendor.sent()).toBe(3);
  });

  it('shows a bug of the look-up as what it is', async () => {
    const { write } = scripted([lost()], []);
    const find = () => Promise.reject(new RangeError('a bug'));
    await expect(writeAndSettle({ write, find, absenceProves: () => true })).rejects.toThrow(RangeError);
  });

  it('is not looked for when it was refused', async () => {
    const vendor = scripted([refused()], []);
    await expect(writeAndSettle({ ...vendor, absenceProves: () => true })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

it('an outcome tells failed from unknown, and a bug is not an outcome', () => {
  expect(outcomeOf(lost()).status).toBe('unknown');
  expect(outcomeOf(refused())).toMatchObject({ status: 'failed', error: { kind: 'conflict' } });
  expect(() => outcomeOf(new TypeError('bug'))).toThrow(TypeError);
});

it('mapConcurrent keeps order and bound', async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrent([5, 1, 4, 2, 3], 2, async (ms) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < ms; turn++) await Promise.resolve();
    running--;
    return ms * 2;
  });
  expect(results).toEqual([10, 2, 8, 4, 6]);
  expect(most).toBe(2);
});
