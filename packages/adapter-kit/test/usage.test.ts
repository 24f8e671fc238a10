import { ConnectivityError, instantFrom } from '@carrierkit/core';
import { describe, expect, it } from 'vitest';
import { checkWindow, partialUsage, simFailure } from '../src/index.js';

describe('usage of which SIMs are missing', () => {
  it('tells the failure of one SIM as data, naming the SIM where the vendor may not have', () => {
    const error = new ConnectivityError('not-found', 'no such SIM');
    expect(simFailure(error).message).toBe('no such SIM');
    expect(simFailure(error, '8944500102198304826').message).toBe('SIM 8944500102198304826: no such SIM');
  });

  it.each(['authentication', 'rate-limited', 'unavailable', 'cancelled', 'partial'] as const)(
    'does not take %s for the failure of one SIM: the next would meet it too',
    (kind) => {
      const error = new ConnectivityError(kind, 'all of them');
      expect(() => simFailure(error)).toThrow(error);
    },
  );

  it('throws a mistake in code on', () => {
    expect(() => simFailure(new TypeError('bug'))).toThrow('bug');
  });

  it('ends as partial, with every failure and their number', () => {
    const one = simFailure(new ConnectivityError('not-found', 'first'));
    expect(partialUsage('p', [one])).toMatchObject({ kind: 'partial', provider: 'p', details: { failures: [one] } });
    expect(partialUsage('p', [one]).message).toContain('1 SIM could');
    expect(partialUsage('p', [one, one]).message).toContain('2 SIMs could');
  });
});

it('a window may be empty but not end before it begins', () => {
  const [early, late] = [instantFrom('2026-10-01')!, instantFrom('2026-10-02')!];
  expect(() => checkWindow({ from: early, to: early })).not.toThrow();
  expect(() => checkWindow({ from: late, to: early })).toThrow('window');
});
