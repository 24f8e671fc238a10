import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isComplete, type Ledger, openLedger, syncUsage, usageReport } from '../src/index.js';
import { SandboxCarriers } from './sandbox-carriers.js';

const WINDOW = { from: '2026-10-05', to: '2026-11-10' };
/** What each vendor is asked again and again, and after how many calls its second window is half read. */
const MIDDLES = [
  { operationId: 'getSimDailyStats', skip: 40 },
  { operationId: 'listCallDetailRecords', skip: 40 },
  { operationId: 'listUsageItems', skip: 11 },
];

/** The built packages, in a process of its own; the sandbox stands in this one. */
const SYNC = `
  const [, accounts, path, window, now] = process.argv;
  let time = Number(now);
  const { openLedger, syncUsage } = await import('@carrierkit/usage');
  const providers = await Promise.all(JSON.parse(accounts).map(async ([name, settings]) => {
    const { adapter } = await import('@carrierkit/adapter-' + name);
    return adapter.fromConfig(settings)({ id: name, clock: () => time, sleep: async (ms) => { time += ms; } });
  }));
  const ledger = await openLedger(path);
  await syncUsage({ providers, ledger, window: JSON.parse(window), clock: () => time,
    onProgress: ({ step, provider }) => process.stdout.write(step + ' ' + provider + '\\n') });
  await Promise.all(providers.map((provider) => provider.close()));`;

let carriers: SandboxCarriers;
let folder: string;
let ledger: Ledger;
let child: ChildProcess | undefined;
beforeEach(async () => {
  carriers = await SandboxCarriers.start({ sims: 90, seed: 4 });
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await carriers.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a sync of all vendors elsewhere; ended: with what, once it has. */
function syncElsewhere() {
  const accounts = carriers.accounts.map(({ adapter, settings }) => [adapter.name, settings]);
  const args = [JSON.stringify(accounts), ledger.path, JSON.stringify(WINDOW), String(carriers.clock())];
  const started = spawn(process.execPath, ['--input-type=module', '-e', SYNC, ...args], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  return { process: started, ended: once(started, 'close') };
}

const sync = () => syncUsage({ providers: carriers.providers, ledger, window: WINDOW, clock: carriers.clock });
const report = () =>
  usageReport({ ledger, window: WINDOW, groupBy: ['provider', 'kind', 'day', 'sim'], clock: carriers.clock });
const reads = () => ledger.query('SELECT * FROM reads ORDER BY ALL');

type Cells = Readonly<Record<string, readonly unknown[]>>;
type Figures = Readonly<Record<'bytes' | 'seconds' | 'messages', unknown>>;

/** A key whose figures are zero or not told is left out, as the sandbox leaves it out. */
function cells(rows: readonly (readonly [key: string, Figures])[]): Cells {
  const told = rows.map(([key, { bytes, seconds, messages }]) => [key, [bytes, seconds, messages]] as const);
  return Object.fromEntries(told.filter(([, figures]) => figures.some(Boolean)));
}

async function reported(): Promise<Cells> {
  const { rows } = await report();
  return cells(rows.map((row) => [`${row.provider} ${row.kind} ${row.day} ${row.sim}`, row]));
}

async function truth(): Promise<Cells> {
  const rows = await carriers.truth(WINDOW, 'adapter,kind,day,iccid');
  return cells(rows.map((row) => [`${row.adapter} ${row.kind} ${row.day} ${row.iccid}`, row]));
}

it('goes on where a killed one stood, at every vendor, and reports run beside it', async () => {
  for (const middle of MIDDLES) await carriers.fault({ ...middle, kind: 'delay', when: 'before', delayMs: 60_000 });
  const { process, ended } = syncElsewhere();
  // Until every vendor holds a call back, in the middle of its second window.
  while ((await carriers.faultHits()).some((hits) => hits === 0)) {
    if ((await reads()).length > 0) expect((await report()).totals.records).toBeGreaterThan(0);
    expect(process.exitCode).toBeNull();
    await once(process.stdout, 'data', { signal: AbortSignal.timeout(200) }).catch(() => {});
  }
  process.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
  await carriers.clearFaults();

  const operations = MIDDLES.map(({ operationId }) => operationId);
  const done = await reads();
  expect(new Set(done.map(({ provider }) => provider))).toEqual(new Set(['emnify', 'subscriptions', 'truphone']));
  expect(await truth()).toMatchObject(await reported());
  const asked = await carriers.calls(operations);
  expect(isComplete((await sync()).coverage)).toBe(true);
  // What was in the ledger was neither asked for again nor written again.
  expect(await reads()).toEqual(expect.arrayContaining([...done]));
  for (const [operation, calls] of Object.entries(await carriers.calls(operations)))
    expect(calls - asked[operation]!).toBeLessThan(asked[operation]!);
  expect(await reported()).toEqual(await truth());
}, 60_000);

it('tells the truth, however often it was killed, at whatever moment', async () => {
  const signals: unknown[] = [];
  for (let kills = 0; ; kills++) {
    const { process, ended } = syncElsewhere();
    const oneRead = new Promise<void>((resolve) => {
      process.stdout.on('data', (lines: Buffer) => lines.includes('read') && resolve());
    });
    await Promise.race([oneRead, ended]);
    // Something was read; others are being asked, wait for their turn or are being written.
    await Promise.race([pause((kills * 67) % 200), ended]);
    process.kill('SIGKILL');
    signals.push((await ended)[1]);
    expect(await truth()).toMatchObject(await reported());
    if (signals.at(-1) === null || kills === 3) break;
  }
  expect(signals.filter((signal) => signal === 'SIGKILL').length).toBeGreaterThan(2);
  ledger = await openLedger(ledger.path);
  expect(readdirSync(folder)).toEqual([basename(ledger.path)]);
  expect(isComplete((await sync()).coverage)).toBe(true);
  expect(await reported()).toEqual(await truth());
}, 60_000);
