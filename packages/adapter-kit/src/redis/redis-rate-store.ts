import type { RateStore } from '@carrierkit/core';
import { tokenBucket } from './token-bucket.js';

/** What is needed of a Redis client; ioredis has it. */
export interface RedisClient {
  /** Redis `EVAL`: the keys first, then the arguments. */
  eval(script: string, numberOfKeys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Where in a Redis the buckets are kept. */
export interface RedisRateStoreOptions {
  /** Before every key, so that several systems can share one Redis. Default `carrierkit:rate:`. */
  readonly prefix?: string;
}

/**
 * One budget for all processes that use one account: token buckets in Redis (5 or later), each `take` one atomic step and one round trip, by Redis' own clock.
 * Buckets that nobody draws on vanish by themselves once they are full again. Give it to every process: `createFleet(config, { rates: redisRateStore(redis) })`.
 */
export function redisRateStore(
  redis: RedisClient,
  { prefix = 'carrierkit:rate:' }: RedisRateStoreOptions = {},
): RateStore {
  return {
    async take(key, { rate, burst, periodMs }, cost) {
      const waitMs = Number(await redis.eval(tokenBucket, 1, prefix + key, rate, burst, periodMs, cost));
      if (!Number.isFinite(waitMs))
        throw new TypeError('the rate store was answered by something that is not our script');
      return { waitMs };
    },
  };
}
