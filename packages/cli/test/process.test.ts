import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '@carrierkit/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { pairConfig, startSandbox, Workplace } from './support/cli.js';
import { control, simsOf } from './support/control.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let sandbox: Sandbox;
let place: Workplace;
beforeAll(async () => {
  sandbox = await startSandbox(120);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await control(sandbox, 'reset', {});
  place = new Workplace();
  place.write('carrierkit.config.yaml', pairConfig(sandbox));
});
afterEach(() => place.remove());

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { cwd: place.folder });
  const written = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (written.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (written.err += data.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal, ...written }));
  return { child, ended };
}

async function seen(operationId: string, count: number): Promise<void> {
  for (;;) {
    const requests = await control<readonly { operationId: string }[]>(sandbox, 'requests');
    if (requests.filter((request) => request.operationId === operationId).length >= count) return;
  }
}

it('ends by itself, with the answer on standard output alone', async () => {
  const { code, out, err } = await start(['sims', 'list', '--provider', 'staff']).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toHaveLength(40);
});

it('closes the array when it is interrupted', async () => {
  await control(sandbox, 'faults', { adapter: 'subscriptions', kind: 'delay', delayMs: 20_000 });
  const { child, ended } = start(['sims', 'list']);
  await seen('listSims', 1);
  child.kill('SIGINT');
  const { code, out, err } = await ended;
  expect(code).toBe(130);
  expect(Array.isArray(JSON.parse(out))).toBe(true);
  expect(JSON.parse(err)).toMatchObject({ error: { kind: 'cancelled' } });
});

it('goes on with a run whose process was killed, and does nothing twice', async () => {
  const active = (await simsOf(sandbox, 'emnify', 'Activated')).map(({ iccid }) => iccid);
  const file = place.write('sims.txt', active.join('\n'));
  await control(sandbox, 'faults', {
    adapter: 'emnify',
    operationId: 'updateSim',
    kind: 'delay',
    delayMs: 50,
    when: 'after',
  });
  const { child, ended } = start(['lifecycle', 'set', 'suspended', '--yes', '--file', file, '--run', 'r1']);
  await seen('updateSim', 5);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  const open = await place.run(['runs', 'list']);
  expect(open.json()).toMatchObject([{ runId: 'r1', finished: false }]);
  const resumed = await start(['runs', 'resume', 'r1', '--yes']).ended;
  expect(resumed.code).toBe(0);
  const result = JSON.parse(resumed.out) as { finished: boolean; counts: Record<string, number> };
  expect(result.finished).toBe(true);
  expect(result.counts['applied']! + result.counts['unchanged']!).toBe(active.length);
  const effects = await control<readonly { subject: readonly string[] }[]>(sandbox, 'effects');
  expect(effects.map(({ subject }) => subject[0]).sort()).toEqual([...active].sort());
});
