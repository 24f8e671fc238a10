export type { RedisClient, RedisRateStoreOptions } from './redis/redis-rate-store.js';
export { redisRateStore } from './redis/redis-rate-store.js';
