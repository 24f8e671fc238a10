import { type Limits, wholeNumber } from '@carrierkit/adapter-kit';

/**
 * The vendor publishes that there are limits and tells them with every answer, but no figure: five calls a second is a careful guess (inferred),
 * which the headers correct downwards.
 */
export const limits: Limits = {
  buckets: { account: { rate: 5, burst: 5, periodMs: 1000 } },
  lanes: { account: ['account'] },
  read(headers) {
    const remaining = wholeNumber(headers.get('x-ratelimit-remaining'));
    // Seconds until the window starts anew (documented).
    const reset = wholeNumber(headers.get('x-ratelimit-reset'));
    return remaining === null || reset === null ? null : { bucket: 'account', remaining, resetMs: reset * 1000 };
  },
};
