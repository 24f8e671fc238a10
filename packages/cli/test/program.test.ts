import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });

it('counts segments without a config', () => {
  const { status, stdout } = run('sms', 'segments', 'Grüße an Łódź');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ encoding: 'UCS-2', segments: 1 });
});

it.each([[['nonsense']], [['sandbox', '--sims', 'many']], [['sms', 'segments']]])('ends with 2 for %j', (args) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).not.toBe('');
});

it('plays the vendors, says so in one line, and writes a config that names them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carrierkit-'));
  const file = join(folder, 'carrierkit.config.yaml');
  const sandbox = spawn(process.execPath, [main, 'sandbox', '--port', '0', '--sims', '30', '--write-config', file]);
  try {
    const line = await new Promise<string>((resolve) => sandbox.stdout.once('data', (data) => resolve(String(data))));
    const { ready, baseUrl, pid } = JSON.parse(line) as { ready: boolean; baseUrl: string; pid: number };
    expect({ ready, pid }).toEqual({ ready: true, pid: sandbox.pid });
    const sims = (await (await fetch(`${baseUrl}/_sandbox/sims`)).json()) as unknown[];
    expect(sims).toHaveLength(30);
    const config = parse(readFileSync(file, 'utf8')) as { providers: Record<string, { baseUrl: string }> };
    expect(Object.keys(config.providers)).toEqual(['emea', 'iot', 'staff']);
    expect(config.providers['iot']?.baseUrl).toBe(`${baseUrl}/emnify`);
  } finally {
    const ended = new Promise((resolve) => sandbox.once('exit', resolve));
    sandbox.kill('SIGTERM');
    expect(await ended).toBe(0);
    rmSync(folder, { recursive: true });
  }
});
