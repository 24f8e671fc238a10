import type { Limits } from '@carrierkit/adapter-kit';

const second = 1000;
const fiveMinutes = 300_000;
const month = 30 * 24 * 3_600_000;
/** What every call draws on, whatever its lane. */
const shared = ['address', 'month'] as const;

/**
 * The vendor's documented allowances: 2,000 calls per address in 5 minutes, 10 million per organisation and month, and lanes with rate and burst per second.
 * The two long windows are split into burst and refill so that no window, wherever it begins, holds more than is allowed.
 * Of each burst a part is left alone: calls that were spaced when they went out arrive less so, the first one of all the latest.
 * `other` are calls that no page names a limit for: about 100 ms between calls are recommended.
 */
export const limits: Limits = {
  buckets: {
    address: { rate: 1960, burst: 30, periodMs: fiveMinutes, scope: 'address' },
    month: { rate: 5_000_000, burst: 5_000_000, periodMs: month },
    'sign-in': { rate: 95, burst: 4, periodMs: fiveMinutes, scope: 'address' },
    'sim-list': { rate: 10, burst: 3, periodMs: second },
    sim: { rate: 100, burst: 30, periodMs: second },
    'sim-stats': { rate: 10, burst: 3, periodMs: second },
    'endpoint-list': { rate: 10, burst: 3, periodMs: second },
    endpoint: { rate: 50, burst: 15, periodMs: second },
    event: { rate: 10, burst: 3, periodMs: second },
    other: { rate: 10, burst: 5, periodMs: second },
  },
  lanes: {
    'sign-in': ['sign-in', ...shared],
    'sim-list': ['sim-list', ...shared],
    sim: ['sim', ...shared],
    'sim-stats': ['sim-stats', ...shared],
    'endpoint-list': ['endpoint-list', ...shared],
    endpoint: ['endpoint', ...shared],
    event: ['event', ...shared],
    other: ['other', ...shared],
  },
};
