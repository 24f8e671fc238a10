import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fc, test } from '@fast-check/vitest';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LuaFactory } from 'wasmoon';
import { memoryRateStore } from '../src/limits/memory-rate-store.js';
import { tokenBucket } from '../src/redis/token-bucket.js';
import { type RedisClient, redisRateStore } from '../src/redis.js';

/**
 * Just so much of Redis as the script needs, on a clock of the test's; the script is run as it stands, by a real Lua. Lists cross the border as lines of text.
 */
async function luaRedis(now: () => number): Promise<RedisClient & { readonly expiries: Map<string, number> }> {
  const hashes = new Map<string, Record<string, string>>();
  const expiries = new Map<string, number>();
  const commands: Readonly<Record<string, (...args: string[]) => readonly string[]>> = {
    TIME: () => [String(Math.floor(now() / 1000)), String(Math.round((now() % 1000) * 1000))],
    HMGET: (key = '', ...names) => names.map((name) => hashes.get(key)?.[name] ?? ''),
    HSET: (key = '', ...pairs) => {
      const hash = hashes.get(key) ?? {};
      for (let index = 0; index < pairs.length; index += 2) hash[pairs[index] as string] = pairs[index + 1] as string;
      hashes.set(key, hash);
      return [];
    },
    PEXPIRE: (key = '', ms) => {
      expiries.set(key, Number(ms));
      return [];
    },
  };
  const lua = await new LuaFactory().createEngine();
  onTestFinished(() => lua.global.close());
  lua.global.set('answered', (name: string, ...rest: unknown[]) => commands[name]?.(...rest.map(String)).join('\n'));
  await lua.doString(`
    redis = { call = function(...)
      local list = {}
      for line in (answered(...) .. '\\n'):gmatch('([^\\n]*)\\n') do list[#list + 1] = line ~= '' and line end
      return list
    end }
    function run(key, rate, burst, period, cost)
      local KEYS, ARGV = { key }, { rate, burst, period, cost }
      ${tokenBucket}
    end`);
  const run = lua.global.get('run') as (...args: string[]) => number;
  return {
    expiries,
    eval: async (script, count, ...args) => {
      expect([script, count]).toEqual([tokenBucket, 1]);
      return run(...args.map(String));
    },
  };
}

describe('the token bucket in Lua', () => {
  const step = fc.record({ after: fc.integer({ min: 0, max: 5000 }), cost: fc.integer({ min: 1, max: 3 }) });
  const bucket = fc.record({
    rate: fc.integer({ min: 1, max: 300 }),
    burst: fc.integer({ min: 3, max: 50 }),
    periodMs: fc.constantFrom(1000, 60_000, 300_000),
  });
  test.prop([bucket, fc.array(step, { minLength: 1, maxLength: 20 })], { numRuns: 20 })(
    'says what the one in memory says',
    async (limits, steps) => {
      let now = Date.parse('2026-11-15T12:00:00.250Z');
      const [redis, memory] = [redisRateStore(await luaRedis(() => now)), memoryRateStore(() => now)];
      for (const { after, cost } of steps) {
        now += after;
        const [ours, theirs] = [await redis.take('lane', limits, cost), await memory.take('lane', limits, cost)];
        // The same sum in another order may differ in its last digit, and be rounded up to the next millisecond.
        expect(Math.abs(ours.waitMs - theirs.waitMs)).toBeLessThanOrEqual(1);
      }
    },
  );

  it('forgets a bucket once it is full again', async () => {
    const redis = await luaRedis(() => 1_000_000);
    await redisRateStore(redis, { prefix: 'mine:' }).take('lane', { rate: 10, burst: 5, periodMs: 1000 }, 1);
    expect([...redis.expiries]).toEqual([['mine:lane', 1500]]);
  });

  it('says so where something else answers', async () => {
    const store = redisRateStore({ eval: async () => 'OK' });
    await expect(store.take('lane', { rate: 1, burst: 1, periodMs: 1 }, 1)).rejects.toThrow(/not our script/);
  });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!hasRedis)('on a Redis server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carrierkit-redis-'));
  const path = join(folder, 'redis.sock');
  let server: ChildProcess;
  const clients: Redis[] = [];
  const client = () => {
    const redis = new Redis({ path });
    clients.push(redis);
    return redis;
  };

  beforeAll(async () => {
    server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder], {
      stdio: 'ignore',
    });
    for (let attempt = 0; attempt < 200 && !existsSync(path); attempt++) await pause(25);
  });
  afterAll(() => {
    for (const one of clients) one.disconnect();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('many clients at once get what the bucket holds, and not one more', async () => {
    const stores = Array.from({ length: 8 }, () => redisRateStore(client()));
    const limits = { rate: 1, burst: 50, periodMs: 3_600_000 };
    const takes = await Promise.all(
      Array.from({ length: 400 }, (_, index) => stores[index % 8]!.take('shared', limits, 1)),
    );
    expect(takes.filter(({ waitMs }) => waitMs === 0)).toHaveLength(50);
    const waits = takes.map(({ waitMs }) => waitMs).filter((ms) => ms > 0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_600_000);
    expect(Math.min(...waits)).toBeGreaterThan(3_500_000);
  });
});
