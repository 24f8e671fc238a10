import { type Limits, wholeNumber } from '@carrierkit/adapter-kit';

/**
 * 300 requests per minute and user (vendor's API guide), whatever they ask for; everybody who uses the same key draws on them.
 * Split into burst and refill, so that no minute holds more, wherever it begins,
 * with two left for calls that take longer to arrive than others. The vendor tells its own count with every answer, and with it an allowance that is another one.
 */
export const limits: Limits = {
  buckets: { account: { rate: 294, burst: 4, periodMs: 60_000 } },
  lanes: { account: ['account'] },
  read(headers) {
    const remaining = wholeNumber(headers.get('x-ratelimit-remaining'));
    // Milliseconds left of the period: neither seconds nor a date.
    const resetMs = wholeNumber(headers.get('x-ratelimit-reset'));
    const limit = wholeNumber(headers.get('x-ratelimit-limit'));
    if (remaining === null || resetMs === null) return null;
    return { bucket: 'account', remaining, resetMs, ...(limit !== null && { limit }) };
  },
};
