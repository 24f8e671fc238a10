import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectivityError, type ErrorKind, type UsageRecord } from '@carrierkit/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  estimateSync,
  isComplete,
  type Ledger,
  openLedger,
  type SyncOptions,
  syncUsage,
  usageReport,
} from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, sim, source } from './fake-provider.js';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sync(carriers: readonly FakeCarrier[], over: Partial<SyncOptions> = {}) {
  const providers = carriers.map(({ provider }) => provider);
  return syncUsage({ providers, ledger, window: OCTOBER, clock: () => NOW, ...over });
}

const bytes = async () =>
  (await usageReport({ ledger, window: OCTOBER, groupBy: ['sim'], clock: () => NOW })).rows.map((row) => [
    row.sim,
    row.bytes,
  ]);
const failing = (kind: ErrorKind) => () => {
  throw new ConnectivityError(kind, `the inventory: ${kind}`);
};

function perSim(records: readonly UsageRecord[] = [data(7, { startedAt: at('2026-10-03') })]): FakeCarrier {
  return new FakeCarrier('one', {
    sims: [sim('one', 1), sim('one', 2)],
    sources: [source({ scope: 'sim' })],
    records: [...records],
  });
}

describe('an inventory that cannot be read', () => {
  it('leaves sources of single SIMs unread, because nobody knows any, and the next sync reads them', async () => {
    const carrier = perSim();
    carrier.failInventory = failing('unavailable');
    const { coverage } = await sync([carrier]);
    expect(carrier.queries).toEqual([]);
    expect(coverage).toMatchObject([
      { source: 'data/day/sim', sims: { expected: null, read: 0 }, error: { kind: 'unavailable' } },
      { source: 'inventory', grain: null, error: { message: 'the inventory: unavailable' } },
    ]);
    carrier.failInventory = () => {};
    expect(isComplete((await sync([carrier])).coverage)).toBe(true);
    expect(await bytes()).toEqual([[iccid(1), 7]]);
  });

  it('does not keep an account from being read, nor the SIMs of the last inventory', async () => {
    const account = new FakeCarrier('two', {
      sims: [sim('two', 3)],
      records: [data(5, { provider: 'two', iccid: iccid(3), startedAt: at('2026-10-03') })],
    });
    const carrier = perSim();
    await sync([carrier]);
    carrier.records = [data(8, { startedAt: at('2026-10-03') })];
    for (const one of [carrier, account]) one.failInventory = failing('unavailable');
    const { coverage, records } = await sync([carrier, account]);
    expect(records).toEqual({ added: 1, changed: 1, unchanged: 0 });
    expect(await bytes()).toEqual([
      [iccid(1), 8],
      [iccid(3), 5],
    ]);
    expect(isComplete(coverage)).toBe(false);
  });

  it.each(['authentication', 'permission'] as const)(
    'for want of %s ends the whole provider, and no other',
    async (kind) => {
      const account = new FakeCarrier('two', {
        sims: [sim('two', 3)],
        records: [data(5, { provider: 'two', iccid: iccid(3), startedAt: at('2026-10-03') })],
      });
      const carrier = new FakeCarrier('one', { records: [data(7, { startedAt: at('2026-10-03') })] });
      carrier.failInventory = failing(kind);
      const { coverage } = await sync([carrier, account]);
      expect(carrier.queries).toEqual([]);
      expect(
        coverage.find(({ source: name, provider }) => provider === 'one' && name !== 'inventory')?.error?.kind,
      ).toBe(kind);
      expect(await bytes()).toEqual([[iccid(3), 5]]);
    },
  );

  it('because the caller stopped is no failure of the vendor', async () => {
    const carrier = perSim();
    const controller = new AbortController();
    carrier.failInventory = () => {
      controller.abort();
      throw new ConnectivityError('cancelled', 'stopped');
    };
    await expect(sync([carrier], { signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
    expect(carrier.queries).toEqual([]);
    expect(await ledger.query('SELECT count(*) AS n FROM failures')).toEqual([{ n: '0' }]);
  });
});

describe('a sync', () => {
  it('of a provider without usage reads its inventory and estimates nothing', async () => {
    const { usage: _, ...provider } = perSim().provider;
    const { coverage, records } = await syncUsage({ providers: [provider], ledger, window: OCTOBER, clock: () => NOW });
    expect({ coverage, records }).toEqual({ coverage: [], records: { added: 0, changed: 0, unchanged: 0 } });
    expect(await ledger.query('SELECT sims FROM inventory_snapshots')).toEqual([{ sims: '2' }]);
    expect(await estimateSync({ providers: [provider], ledger, window: OCTOBER, clock: () => NOW })).toEqual([]);
  });

  it('of one provider id twice is refused, and so is a window that ends before it begins', async () => {
    await expect(sync([perSim(), perSim()])).rejects.toMatchObject({ kind: 'input' });
    const window = { from: '2026-10-02', to: '2026-10-02' };
    await expect(sync([perSim()], { window })).rejects.toMatchObject({ kind: 'input' });
  });

  it('of some kinds alone reads and covers those', async () => {
    const carrier = new FakeCarrier('one', {
      sources: [source(), source({ kinds: ['sms'] })],
      records: [data(7, { startedAt: at('2026-10-03') })],
    });
    const { coverage } = await sync([carrier], { kinds: ['sms'] });
    expect(carrier.queries.map(({ kinds }) => kinds)).toEqual([['sms']]);
    expect(coverage.map(({ kinds }) => kinds)).toEqual([['sms']]);
  });
});

describe('what a vendor tells', () => {
  it('of SIMs by their reference alone belongs to the ICCID that was asked for', async () => {
    const carrier = perSim();
    const told = [data(7, { startedAt: at('2026-10-03'), iccid: null, simRef: 'ref-2' })];
    // The vendor names its SIMs by reference, so the fake one cannot choose by ICCID.
    const { provider } = carrier;
    const usage = {
      records: () =>
        new FakeCarrier('one', { records: told }).provider.usage!.records({
          window: { from: at('2026-10-01'), to: at('2026-11-01') },
        }),
    };
    await syncUsage({ providers: [{ ...provider, usage }], ledger, window: OCTOBER, clock: () => NOW });
    expect(await bytes()).toEqual([[iccid(2), 7]]);
  });

  it('outside of the window or of another kind than was asked for is left out', async () => {
    const carrier = perSim();
    const told = [
      data(1, { startedAt: at('2026-10-31') }),
      data(2, { startedAt: at('2026-11-01') }),
      data(4, { startedAt: at('2026-09-30') }),
      data(8, { startedAt: at('2026-10-03'), kind: 'sms' }),
    ];
    const usage = {
      records: () =>
        new FakeCarrier('one', { records: told }).provider.usage!.records({
          window: { from: at('2026-01-01'), to: at('2027-01-01') },
        }),
    };
    await syncUsage({
      providers: [{ ...carrier.provider, usage }],
      ledger,
      window: OCTOBER,
      kinds: ['data'],
      clock: () => NOW,
    });
    expect(await bytes()).toEqual([[iccid(1), 1]]);
  });

  it.each([
    ['of another grain', { grain: 'event' as const }],
    ['with a cost of nineteen decimals', { cost: { amount: '0.0000000000000000001', currency: 'EUR' } }],
    ['with a cost in words', { cost: { amount: '1e3', currency: 'EUR' } }],
    ['with half a byte', { bytes: { total: 0.5, up: null, down: null } }],
  ])('%s is refused and named', async (_, over) => {
    const carrier = new FakeCarrier('one');
    const told = [data(7, { startedAt: at('2026-10-03'), id: 'the-one', ...over })];
    const usage = {
      records: () =>
        new FakeCarrier('one', { records: told }).provider.usage!.records({
          window: { from: at('2026-10-01'), to: at('2026-11-01') },
        }),
    };
    const { coverage } = await syncUsage({
      providers: [{ ...carrier.provider, usage }],
      ledger,
      window: OCTOBER,
      clock: () => NOW,
    });
    expect(coverage).toMatchObject([{ error: { kind: 'contract', message: expect.stringContaining('the-one') } }]);
    expect(await bytes()).toEqual([]);
  });
});

describe('the file of a ledger', () => {
  it('may lie in a folder whose name looks like a pattern', async () => {
    const odd = join(folder, 'a[b]*');
    mkdirSync(odd);
    ledger = await openLedger(join(odd, 'ledger.duckdb'));
    expect((await sync([perSim()])).records.added).toBe(1);
    expect(await bytes()).toEqual([[iccid(1), 7]]);
    expect(readdirSync(odd)).toEqual(['ledger.duckdb']);
  });

  it('loses what killed processes staged, and keeps what living ones do', async () => {
    const staged = (by: string) => `ledger.duckdb.staging-${by}-x.ndjson`;
    for (const by of ['no-number', '0', '999999999', String(process.pid)]) writeFileSync(join(folder, staged(by)), '');
    writeFileSync(join(folder, 'other.duckdb.staging-999999999-x.ndjson'), '');
    await openLedger(ledger.path);
    expect(readdirSync(folder).toSorted()).toEqual(
      ['ledger.duckdb', staged(String(process.pid)), 'other.duckdb.staging-999999999-x.ndjson'].toSorted(),
    );
  });

  it('is waited for while another process has it open, and given up after the time that was set', async () => {
    const holder = `
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const instance = await DuckDBInstance.create(process.argv[1]);
      await (await instance.connect()).run('CREATE TABLE held (x INTEGER)');
      process.stdout.write('held\\n');
      process.stdin.on('end', () => process.exit()).resume();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, ledger.path], {
      cwd: join(import.meta.dirname, '..'),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const hasty = openLedger(ledger.path, { lockWaitMs: 50 });
    await expect(hasty).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('another process'),
    });
    const patient = openLedger(ledger.path, { lockWaitMs: 60_000 });
    child.stdin.end();
    await ended;
    expect(await (await patient).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses instants that are none', async () => {
    await expect(ledger.beginRun({ key: 'k', at: 'yesterday' as never, resume: true })).rejects.toMatchObject({
      kind: 'input',
    });
  });
});
