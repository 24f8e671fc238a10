import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { measured, served } from './support/processes.mjs';

const ALLOWED = 300;

/** Two minutes of Truphone's 300 calls a minute, by its real rules: how much of it is used, and what was refused. */
export async function limits({ minutes = 2 } = {}) {
  const contenders = [
    { way: 'carrierkit', workers: 1, who: 'carrierkit, one worker', ours: true },
    { way: 'carrierkit', workers: 4, who: 'carrierkit, four workers with `rateShare` 0.25', ours: true },
    { way: 'p-queue', workers: 1, who: 'p-queue, one worker' },
    { way: 'bottleneck', workers: 1, who: 'bottleneck, one worker' },
  ];
  const results = await Promise.all(contenders.map((contender) => compete(contender, minutes)));
  const shared = await onRedis(() =>
    compete({ way: 'redis', workers: 4, who: 'carrierkit, four workers on Redis', ours: true }, minutes),
  );
  return shared === null ? results : [...results, shared];
}

async function compete({ way, workers, who, ours }, minutes) {
  const vendor = await served('sandbox-server.mjs', 30);
  const client = () => measured('limit-client.mjs', way, vendor.url, minutes * 60, 1 / workers);
  await Promise.all(Array.from({ length: workers }, client));
  const { rows } = await (await fetch(`${vendor.url}/_sandbox/stats`)).json();
  vendor.close();
  const count = (status) =>
    rows
      .filter((row) => row.operationId === 'listTags' && row.status === status)
      .reduce((sum, row) => sum + row.count, 0);
  return {
    what: `allowance used in ${minutes} minutes: ${who}`,
    ratio: count(200) / (ALLOWED * minutes),
    rival: `what the vendor allows (${count(200)} of ${ALLOWED * minutes} calls, ${count(429)} refused)`,
    ...(ours && { atLeast: 0.98 }),
    ...(ours && count(429) > 0 && { missed: 'calls were refused' }),
  };
}

/** With a Redis server of its own; `null` where none is installed. */
async function onRedis(work) {
  const folder = mkdtempSync(join(tmpdir(), 'carrierkit-bench-'));
  const path = join(folder, 'redis.sock');
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder], {
    stdio: 'ignore',
  });
  const missing = await new Promise((resolve) => {
    server.once('error', () => resolve(true));
    server.once('spawn', () => resolve(false));
  });
  try {
    if (missing) return null;
    for (let attempt = 0; attempt < 200 && !existsSync(path); attempt++) await pause(25);
    process.env.REDIS_SOCKET = path;
    return await work();
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
