/**
 * A token bucket in Lua. KEYS: the bucket. ARGV: rate, burst, period in milliseconds, cost. Returns the milliseconds to wait, 0 where it was taken.
 * Numbers are stored with all their digits: rounded levels would leak tokens.
 */
export const tokenBucket = `
local rate, burst, period, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local level = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(level[1] or burst)
local at = tonumber(level[2] or now)
tokens = math.min(burst, tokens + math.max(0, now - at) * rate / period)
local wait = 0
if tokens >= cost then
  tokens = tokens - cost
else
  wait = math.ceil((cost - tokens) * period / rate)
end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.17g', tokens), 'at', string.format('%.17g', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst * period / rate) + 1000)
return wait
`;
