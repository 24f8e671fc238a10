import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectivityError, type UsageRecord } from '@carrierkit/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isComplete, type Ledger, openLedger, type SyncOptions, syncUsage, usageReport } from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, record, sim, source } from './fake-provider.js';

let folder: string;
let ledger: Ledger;
const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sync(carriers: readonly FakeCarrier[], over: Partial<SyncOptions> = {}) {
  return syncUsage({
    providers: carriers.map(({ provider }) => provider),
    ledger,
    window: OCTOBER,
    clock: () => NOW,
    ...over,
  });
}

function report(over: Partial<Parameters<typeof usageReport>[0]> = {}) {
  return usageReport({ ledger, window: OCTOBER, clock: () => NOW, ...over });
}

/** Everything the ledger knows about usage, without the bookkeeping of when it was fetched. */
function contents() {
  return ledger.query('SELECT * EXCLUDE (fetch_id) FROM usage ORDER BY provider, id');
}

function october(day: number, total: number, over: Partial<UsageRecord> = {}) {
  return data(total, { startedAt: at(`2026-10-${String(day).padStart(2, '0')}`), ...over });
}

const unavailable = () => {
  throw new ConnectivityError('unavailable', 'the carrier is down');
};

describe('what enters the ledger', () => {
  it('is what a carrier tells, and a second sync changes nothing', async () => {
    const carrier = new FakeCarrier('one', {
      records: Array.from({ length: 10 }, (_, day) => october(day + 1, 1000 + day)),
    });
    const first = await sync([carrier]);
    expect(first.records).toEqual({ added: 10, changed: 0, unchanged: 0 });
    expect(first.pages).toEqual({ one: 5 });
    expect(isComplete(first.coverage)).toBe(true);
    const before = await contents();
    const second = await sync([carrier]);
    expect(second.records).toEqual({ added: 0, changed: 0, unchanged: 10 });
    expect(await contents()).toEqual(before);
    expect((await report()).rows).toEqual([
      {
        provider: 'one',
        kind: 'data',
        records: 10,
        bytes: 10_045,
        seconds: null,
        messages: null,
        cost: null,
        untold: { bytes: 0, seconds: 0, messages: 0, cost: 10 },
      },
    ]);
  });

  it('keeps sums beyond 2^53 and amounts of money exactly', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const carrier = new FakeCarrier('one', {
      records: [
        october(1, most, { cost: { amount: '0.1', currency: 'EUR' } }),
        october(2, most, { cost: { amount: '0.2', currency: 'EUR' } }),
        october(3, 3, { cost: { amount: '0.000000000000000001', currency: 'EUR' } }),
        october(4, 0, { cost: { amount: '-5.1', currency: 'JPY' } }),
        october(5, 0),
      ],
    });
    await sync([carrier]);
    const { totals, warnings } = await report();
    expect(totals).toMatchObject({
      bytes: '18014398509481985',
      seconds: null,
      cost: { EUR: '0.300000000000000001', JPY: '-5.1' },
      untold: { bytes: 0, cost: 1 },
    });
    expect(warnings).toEqual([
      'Cost is not told for 1 of 5 records: cost sums leave them out.',
      'Cost is in EUR, JPY; currencies are not added.',
    ]);
  });

  it('says that costs are told only where one was, whatever the adapter declares', async () => {
    const told = async (cost: { amount: string; currency: string } | null) => {
      const carrier = new FakeCarrier(cost ? 'told' : 'silent', {
        records: [october(1, 10, { cost }), october(2, 10)],
      });
      const { coverage } = await sync([carrier]);
      return coverage.filter(({ provider, grain }) => provider === carrier.id && grain !== null);
    };
    expect(await told({ amount: '0.10', currency: 'EUR' })).toMatchObject([{ costTold: true }]);
    expect(await told(null)).toMatchObject([{ costTold: false }]);
  });

  it('refuses a figure it could not keep exactly and leaves the chunk out', async () => {
    const carrier = new FakeCarrier('one', { records: [october(1, 10), october(2, 1.5)] });
    const { coverage, records } = await sync([carrier]);
    expect(records).toEqual({ added: 0, changed: 0, unchanged: 0 });
    expect(coverage[0]?.error).toMatchObject({ kind: 'contract', message: expect.stringContaining('whole number') });
    expect(await contents()).toEqual([]);
  });

  it('replaces a corrected figure, remembers the old one, and removes what is no longer told', async () => {
    const carrier = new FakeCarrier('one', { records: [october(1, 100), october(2, 200), october(3, 300)] });
    await sync([carrier]);
    carrier.records = [october(1, 100), october(2, 250)];
    expect((await sync([carrier])).records).toEqual({ added: 0, changed: 2, unchanged: 1 });
    expect((await report()).totals).toMatchObject({ records: 2, bytes: 350 });
    expect(await ledger.query('SELECT bytes, finality FROM usage ORDER BY started_at')).toEqual([
      { bytes: '100', finality: 'settled' },
      { bytes: '250', finality: 'corrected' },
    ]);
    expect(
      await ledger.query('SELECT reason, bytes_before, bytes_after FROM corrections ORDER BY bytes_before'),
    ).toEqual([
      { reason: 'changed', bytes_before: '200', bytes_after: '250' },
      { reason: 'removed', bytes_before: '300', bytes_after: null },
    ]);
    expect((await sync([carrier])).records).toEqual({ added: 0, changed: 0, unchanged: 2 });
    expect(await ledger.query("SELECT id FROM usage WHERE finality = 'corrected'")).toHaveLength(1);
  });

  it('keeps events that a page no longer lists, counts one told twice once, and takes the one processed last', async () => {
    const event = (id: string, total: number, processed: string) =>
      october(2, total, { id, grain: 'event', processedAt: at(processed) });
    const carrier = new FakeCarrier('one', {
      sources: [source({ grain: 'event' })],
      records: [event('a', 7, '2026-10-05'), event('b', 9, '2026-10-04'), event('a', 5, '2026-10-03')],
    });
    await sync([carrier]);
    expect((await report()).totals).toMatchObject({ records: 2, bytes: 16 });
    carrier.records = [event('b', 9, '2026-10-04')];
    expect((await sync([carrier])).records).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect((await report()).totals).toMatchObject({ records: 2, bytes: 16 });
  });

  it('does not call a cost untold that the vendor tells apart from the messages', async () => {
    const startedAt = at('2026-10-02');
    const carrier = new FakeCarrier('one', {
      sources: [source({ kinds: ['sms'] })],
      records: [
        record({ startedAt, kind: 'sms', direction: 'outbound', messages: 3 }),
        record({ startedAt, kind: 'sms', direction: 'inbound', messages: 0 }),
        record({ startedAt, kind: 'sms', cost: { amount: '0.3', currency: 'EUR' } }),
        record({ startedAt: at('2026-10-03'), kind: 'sms', direction: 'outbound', messages: 1 }),
      ],
    });
    await sync([carrier]);
    expect((await report()).totals).toMatchObject({
      messages: 4,
      cost: { EUR: '0.30' },
      untold: { messages: 0, cost: 1 },
    });
  });

  it('stands in a file of its owner alone', async () => {
    await sync([new FakeCarrier('one', { records: [october(1, 1)] })]);
    expect(statSync(ledger.path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['ledger.duckdb']);
  });
});

describe('a sync that fails midway', () => {
  const perSim = (count: number) =>
    new FakeCarrier('one', {
      sims: Array.from({ length: count }, (_, index) => sim('one', index)),
      records: Array.from({ length: count }, (_, index) => october(3, 100 + index, { iccid: iccid(index) })),
      sources: [source({ scope: 'sim' })],
    });

  it('leaves the window out, says so, and the next one completes it', async () => {
    const carrier = new FakeCarrier('one', {
      records: Array.from({ length: 9 }, (_, day) => october(day + 1, 10)),
    });
    carrier.failWhen = (_, told) => {
      if (told >= 6) unavailable();
    };
    const failed = await sync([carrier]);
    expect(failed.records).toEqual({ added: 0, changed: 0, unchanged: 0 });
    expect(failed.coverage).toMatchObject([
      { sims: { expected: 1, read: 0, failed: 1 }, error: { kind: 'unavailable' } },
    ]);
    expect((await report()).totals).toMatchObject({ records: 0, bytes: null });
    carrier.failWhen = () => {};
    const { coverage, records } = await sync([carrier]);
    expect(records.added).toBe(9);
    expect(isComplete(coverage)).toBe(true);
  });

  it('keeps older figures and tells that they are older', async () => {
    const carrier = new FakeCarrier('one', { records: [october(1, 10)] });
    await sync([carrier]);
    carrier.failWhen = unavailable;
    const later = NOW + 86_400_000;
    const { coverage } = await sync([carrier], { clock: () => later });
    expect(coverage).toMatchObject([{ readAt: at('2026-11-25T12:00:00Z'), sims: { read: 0, failed: 1 } }]);
    expect((await report()).totals.bytes).toBe(10);
  });

  it('loses one bad SIM alone', async () => {
    const carrier = perSim(20);
    carrier.failWhen = ({ sims }) => {
      if (sims?.some((target) => typeof target === 'object' && target.ref === 'ref-13'))
        throw new ConnectivityError('not-found', 'no such SIM');
    };
    const { coverage, records } = await sync([carrier]);
    expect(records.added).toBe(19);
    expect(coverage).toMatchObject([{ sims: { expected: 20, read: 19, failed: 1 } }]);
    expect((await report()).warnings).toContain('one (data/day/sim): 1 of 20 SIMs are not (wholly) read: no such SIM.');
  });

  it('gives up where every SIM fails, instead of asking for each', async () => {
    const carrier = perSim(1000);
    carrier.failWhen = () => {
      throw new ConnectivityError('contract', 'not the answer that was described');
    };
    const { coverage } = await sync([carrier]);
    expect(coverage).toMatchObject([{ sims: { expected: 1000, read: 0, failed: 1000 } }]);
    expect(carrier.queries.length).toBeLessThan(100);
  });

  it('goes on where it stood and asks nothing twice', async () => {
    const carrier = perSim(250);
    const controller = new AbortController();
    carrier.failWhen = () => {
      if (carrier.queries.length === 3) controller.abort();
      controller.signal.throwIfAborted();
    };
    await expect(sync([carrier], { signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
    const asked = carrier.queries.length;
    carrier.failWhen = () => {};
    const { records, coverage } = await sync([carrier]);
    expect(records.added).toBe(50);
    expect(carrier.queries.length - asked).toBe(1);
    expect(isComplete(coverage)).toBe(true);
    expect((await report()).totals.bytes).toBe(250 * 100 + (250 * 249) / 2);
  });

  it('goes on after more than a day, as long as it made progress', async () => {
    const carrier = perSim(300);
    let now = NOW;
    carrier.failWhen = ({ sims }, told) => {
      if (told > 0) return;
      now += 20 * 3_600_000;
      if (carrier.queries.length === 3 && sims) unavailable();
    };
    await sync([carrier], { clock: () => now });
    const asked = carrier.queries.length;
    carrier.failWhen = () => {};
    await sync([carrier], { clock: () => now });
    expect(carrier.queries.length - asked).toBe(1);
  });

  it('ends for all when the store itself fails, and nobody goes on in the background', async () => {
    const [one, two] = [perSim(300), new FakeCarrier('two', { sources: [source({ scope: 'sim' })] })];
    two.sims = Array.from({ length: 1000 }, (_, index) => sim('two', 5000 + index));
    one.failWhen = () => rmSync(folder, { recursive: true, force: true });
    await expect(sync([one, two])).rejects.toThrow();
    const asked = two.queries.length;
    await new Promise(setImmediate);
    expect(two.queries.length).toBe(asked);
  });

  it('survives being killed with a commit that was not written into the file yet', async () => {
    await sync([new FakeCarrier('one', { records: [october(1, 10)] })]);
    const script = `
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const connection = await (await DuckDBInstance.create(process.argv[1])).connect();
      await connection.run('UPDATE usage SET bytes = 11');
      process.kill(process.pid, 'SIGKILL');`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script, ledger.path], {
      cwd: import.meta.dirname,
    });
    expect(signal).toBe('SIGKILL');
    expect((await report()).totals.bytes).toBe(11);
  });
});

describe('coverage', () => {
  it('is incomplete where nothing was ever read', async () => {
    expect(isComplete((await report()).coverage)).toBe(false);
    await sync([new FakeCarrier('one')]);
    const { coverage, warnings } = await report({ filter: { providers: ['one', 'two'] } });
    expect(isComplete(coverage)).toBe(false);
    expect(warnings).toContain('two (inventory): 2026-10-01T00:00:00.000Z to 2026-11-01T00:00:00.000Z was never read.');
  });

  it('is complete for an account without SIMs', async () => {
    const carrier = new FakeCarrier('one', { sims: [], sources: [source({ scope: 'sim' })] });
    const { coverage } = await sync([carrier]);
    expect(coverage).toMatchObject([{ sims: { expected: 0, read: 0, failed: 0 }, gaps: [] }]);
    expect(isComplete(coverage)).toBe(true);
    expect(carrier.queries).toEqual([]);
  });

  it('does not miss a SIM for the time after it left, nor for the time before it came', async () => {
    const carrier = new FakeCarrier('one', {
      sims: [sim('one', 1), sim('one', 2)],
      sources: [source({ scope: 'sim' })],
    });
    const both = { from: '2026-10-01', to: '2026-12-01' };
    await sync([carrier], { window: both, clock: () => Date.parse('2026-10-20T00:00:00Z') });
    carrier.sims = [sim('one', 1)];
    await sync([carrier], { window: both, clock: () => Date.parse('2026-10-30T00:00:00Z') });
    carrier.sims = [sim('one', 1), sim('one', 3)];
    const { coverage } = await sync([carrier], { window: both, clock: () => Date.parse('2026-11-20T00:00:00Z') });
    expect(coverage).toMatchObject([{ sims: { expected: 3, read: 3, failed: 0 } }]);
    const asked = carrier.queries.at(-1)?.sims?.map((target) => typeof target === 'object' && target.ref);
    expect(asked).toEqual(['ref-1', 'ref-3']);
    // The SIM that came in November, after an inventory of 1 November had not listed it, is no gap in October.
    const october2 = await report({ clock: () => Date.parse('2026-11-20T00:00:00Z') });
    expect(isComplete(october2.coverage)).toBe(true);
  });

  it('calls nothing settled that was not read', async () => {
    const carrier = new FakeCarrier('one', { records: [october(1, 1)] });
    await sync([carrier], { window: { from: '2026-10-01', to: '2026-10-15' } });
    expect((await report()).coverage).toMatchObject([
      {
        settledThrough: at('2026-10-15'),
        gaps: [{ from: at('2026-10-15'), to: at('2026-11-01') }],
      },
    ]);
  });

  it('knows when figures settle', async () => {
    await sync([new FakeCarrier('one', { records: [october(1, 1)] })], {
      clock: () => Date.parse('2026-10-20T06:00:00Z'),
    });
    expect((await report()).coverage).toMatchObject([{ settledThrough: at('2026-10-18T06:00:00Z') }]);
  });
});

describe('windows', () => {
  it('are cut at the same days whatever the request, so that a later read mends an earlier failure', async () => {
    const carrier = new FakeCarrier('one', { sources: [source({ windowDays: 7 })] });
    carrier.failWhen = ({ window }) => {
      if (window.from < at('2026-10-08')) throw new ConnectivityError('timeout', 'too slow');
    };
    await sync([carrier], { window: { from: '2026-10-03', to: '2026-10-20' } });
    expect(carrier.queries.map(({ window }) => [window.from.slice(8, 10), window.to.slice(8, 10)])).toEqual([
      ['03', '08'],
      ['08', '15'],
      ['15', '20'],
    ]);
    carrier.failWhen = () => {};
    expect(isComplete((await sync([carrier])).coverage)).toBe(true);
  });

  it('ask no further back than the vendor remembers, and leave the rest as a gap', async () => {
    const carrier = new FakeCarrier('one', { sources: [source({ retentionDays: 30 })] });
    const { coverage } = await sync([carrier]);
    expect(carrier.queries.map(({ window }) => window)).toEqual([{ from: at('2026-10-27'), to: at('2026-11-01') }]);
    expect(coverage).toMatchObject([{ gaps: [{ from: at('2026-10-01'), to: at('2026-10-27') }] }]);
    expect(isComplete(coverage)).toBe(false);
  });
});
