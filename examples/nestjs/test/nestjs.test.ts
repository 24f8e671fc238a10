import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sim } from '@carrierkit/core';
import { createSandbox } from '@carrierkit/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('..', import.meta.url));
const sandbox = await createSandbox({ sims: 30, days: 2, limits: false });
let folder = '';
let url = '';
let stop: () => Promise<void> = async () => {};

beforeAll(async () => {
  folder = await mkdtemp(join(here, 'node_modules', '.nestjs-'));
  const config = join(folder, 'carrierkit.config.yaml');
  const { baseUrls, credentials } = sandbox.info;
  const iot = {
    adapter: 'emnify',
    baseUrl: baseUrls.emnify,
    applicationToken: credentials.emnify?.['applicationToken'],
  };
  await writeFile(config, JSON.stringify({ providers: { iot } }));
  const app = spawn(process.execPath, [join(here, 'dist', 'main.js')], {
    env: { ...process.env, CARRIERKIT_CONFIG: config, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stop = async () => {
    if (app.exitCode === null && app.kill('SIGTERM')) await once(app, 'exit');
  };
  const ended = once(app, 'exit').then(() => [new Error('the application ended before it listened')]);
  const [line] = (await Promise.race([once(app.stdout, 'data'), ended])) as [Buffer | Error];
  if (line instanceof Error) throw line;
  url = String(line).trim();
});

afterAll(async () => {
  await stop();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function call<T>(path: string, method = 'GET'): Promise<{ readonly status: number; readonly body: T }> {
  const response = await fetch(`${url}/${path}`, { method });
  return { status: response.status, body: (await response.json()) as T };
}

describe('a NestJS product', () => {
  it('lists and suspends through injected ports', async () => {
    const { body: sims } = await call<readonly Sim[]>('sims');
    const [sim] = sims;
    expect(sim?.state.value).toBe('active');
    const { status, body } = await call(`sims/${sim?.iccid}/suspend`, 'POST');
    expect(status).toBe(201);
    expect(body).toMatchObject([{ iccid: sim?.iccid, status: 'applied' }]);
    expect((await call<Sim>(`sims/${sim?.iccid}`)).body.state.value).toBe('suspended');
  });

  it('answers our errors by their kinds', async () => {
    expect(await call('sims/8.94447E+18')).toMatchObject({ status: 400, body: { kind: 'damaged-identifier' } });
    expect(await call('sims/8988303042003199999')).toMatchObject({ status: 404, body: { kind: 'not-found' } });
    expect(await call('no/such/path')).toMatchObject({ status: 404, body: { error: 'Not Found' } });
  });
});
