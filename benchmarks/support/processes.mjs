import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A server in a process of its own, and its address. */
export async function served(script, ...args) {
  const child = spawn(process.execPath, [here(script), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const first = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`${script} ended with exit code ${child.exitCode}`);
  return { url: String(first[0]).trim(), close: () => child.kill() };
}

/** What a script prints as JSON, run in a process of its own; `{ flags, env }` before it where Node needs some. */
export async function measured(...args) {
  const [{ flags = [], env }, script, ...rest] = typeof args[0] === 'string' ? [{}, ...args] : args;
  const options = { env: { ...process.env, ...env } };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, here(script), ...rest.map(String)],
    options,
  );
  return JSON.parse(stdout);
}

/** With a Redis server of its own; `null` where none is installed. */
export async function withRedis(work) {
  const folder = mkdtempSync(join(tmpdir(), 'carrierkit-bench-'));
  const path = join(folder, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  try {
    const missing = await new Promise((resolve) => {
      server.once('error', () => resolve(true));
      server.once('spawn', () => resolve(false));
    });
    if (missing) return null;
    for (let attempt = 0; attempt < 200 && !existsSync(path); attempt++) await pause(25);
    return await work({ REDIS_SOCKET: path });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median of each way's figure; the ways take turns, so that what else the machine does meets them all. */
export async function inTurns(rounds, ways, measure) {
  const figures = new Map(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) for (const way of ways) figures.get(way).push(await measure(way));
  return new Map([...figures].map(([way, values]) => [way, median(values)]));
}
