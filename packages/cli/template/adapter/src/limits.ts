import type { Limits } from '@carrierkit/adapter-kit';

// REPLACE: the vendor's documented limits. Split a window into burst and refill, so that no window holds more, wherever it begins.
/** Five calls a second (inferred: the vendor publishes no limit). */
export const limits: Limits = {
  buckets: { account: { rate: 5, burst: 5, periodMs: 1000 } },
  lanes: { account: ['account'] },
};
