import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isComplete, openLedger, syncUsage, usageReport } from '../src/index.js';
import { SandboxCarriers } from './sandbox-carriers.js';

const WINDOW = { from: '2026-10-05', to: '2026-11-10' };
const DAILY = 'getSimDailyStats';

/** The built package, in a process of its own; the sandbox stands in this one. */
const SYNC = `
  const [, baseUrl, path, window, now] = process.argv;
  let time = Number(now);
  const { adapter } = await import('@carrierkit/adapter-emnify');
  const { openLedger, syncUsage } = await import('@carrierkit/usage');
  const provider = adapter.fromConfig({ applicationToken: 'sandbox-application-token', baseUrl: baseUrl + '/emnify' })(
    { id: 'emnify', clock: () => time, sleep: async (ms) => { time += ms; } });
  const ledger = await openLedger(path);
  await syncUsage({ providers: [provider], ledger, window: JSON.parse(window), clock: () => time,
    onProgress: ({ step }) => process.stdout.write(step + '\\n') });
  await provider.close();`;

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

it('goes on where a killed one stood, and reports run beside it', async () => {
  const carriers = await SandboxCarriers.start({ sims: 450, seed: 4 });
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));
  closing.push(
    () => carriers.close(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  const ledger = await openLedger(join(folder, 'ledger.duckdb'));
  const report = () => usageReport({ ledger, window: WINDOW, groupBy: ['kind', 'day', 'sim'], clock: carriers.clock });

  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      SYNC,
      carriers.baseUrl,
      ledger.path,
      JSON.stringify(WINDOW),
      String(carriers.clock()),
    ],
    { cwd: join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'close');
  closing.push(() => void child.kill('SIGKILL'));
  // Three units of work are in the ledger, more are to come.
  let units = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    units += chunk.toString().split('read\n').length - 1;
    if (units > 0) expect((await report()).totals.records).toBeGreaterThan(0);
    if (units >= 2) break;
  }
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');

  const asked = await carriers.calls(DAILY);
  const emnify = carriers.providers.filter(({ id }) => id === 'emnify');
  const { coverage } = await syncUsage({ providers: emnify, ledger, window: WINDOW, clock: carriers.clock });
  expect(isComplete(coverage)).toBe(true);
  // 150 SIMs in two months; the two units that were in the ledger held at least 100.
  expect((await carriers.calls(DAILY)) - asked).toBeLessThanOrEqual(200);
  const truth = (await carriers.truth(WINDOW, 'adapter,kind,day,iccid')).filter(({ adapter }) => adapter === 'emnify');
  const cells = (rows: readonly (readonly [string, unknown, unknown])[]) =>
    Object.fromEntries(rows.filter(([, bytes, messages]) => bytes || messages).map(([key, ...rest]) => [key, rest]));
  expect(
    cells((await report()).rows.map((row) => [`${row.kind} ${row.day} ${row.sim}`, row.bytes, row.messages])),
  ).toEqual(cells(truth.map((row) => [`${row.kind} ${row.day} ${row.iccid}`, row.bytes, row.messages])));
}, 60_000);
