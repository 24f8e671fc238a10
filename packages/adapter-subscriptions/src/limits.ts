import type { Bucket, Limits } from '@carrierkit/adapter-kit';

/** The first path parts, each a resource with an allowance of its own. */
const resources = [
  'token',
  'accounts',
  'sms',
  'orders',
  'order-templates',
  'products',
  'subscribers',
  'subscriptions',
  'usage',
] as const;

/**
 * 1,000 calls a minute and resource (inferred from a sibling API of the vendor). Split into burst and refill, so that no minute,
 * wherever it begins, holds more than that.
 */
const bucket: Bucket = { rate: 980, burst: 15, periodMs: 60_000 };

export const limits: Limits = {
  buckets: Object.fromEntries(resources.map((name) => [name, bucket])),
  lanes: Object.fromEntries(resources.map((name) => [name, [name]])),
};
