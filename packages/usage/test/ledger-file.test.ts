import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estimateSync, type LedgerOptions, openLedger, syncUsage } from '../src/index.js';
import { at, data, FakeCarrier, NOW, sim, source } from './fake-provider.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  path = join(folder, 'ledger.duckdb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function change(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

describe('the layout of the file', () => {
  it('is lifted from nothing, once, and keeps what it holds', async () => {
    await (await openLedger(path)).query('SELECT 1');
    await change("INSERT INTO runs VALUES ('kept', 1, TIMESTAMP '2026-11-01', TIMESTAMP '2026-11-01', true)");
    const again = await openLedger(path);
    expect(await again.query('SELECT version FROM ledger_version')).toEqual([{ version: 1 }]);
    expect(await again.query('SELECT key FROM runs')).toEqual([{ key: 'kept' }]);
  });

  it('of an interrupted creation is completed: no step was kept', async () => {
    await change('CREATE TABLE ledger_version (version INTEGER NOT NULL)');
    expect(await (await openLedger(path)).query('SELECT count(*) AS n FROM usage_v1')).toEqual([{ n: '0' }]);
  });

  it('of a later release is refused, with the remedy, and left as it is', async () => {
    await openLedger(path);
    await change('UPDATE ledger_version SET version = 99');
    await expect(openLedger(path)).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('update @carrierkit/usage'),
    });
  });

  it('of something else is refused', async () => {
    writeFileSync(path, 'this is no database, '.repeat(1000));
    await expect(openLedger(path)).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('a path', () => {
  it.each(["it's.duckdb", 'a*b [1].duckdb', 'Größe; 2.duckdb'])(
    'may hold what SQL and patterns use: %s',
    async (name) => {
      const carrier = new FakeCarrier('one', {
        sims: [sim('one', 1)],
        sources: [source({ scope: 'account' })],
        records: [data(7, { startedAt: at('2026-10-05') })],
      });
      const ledger = await openLedger(join(folder, name));
      await syncUsage({
        providers: [carrier.provider],
        ledger,
        window: { from: '2026-10-01', to: '2026-11-01' },
        clock: () => NOW,
      });
      expect(await ledger.query('SELECT bytes FROM usage_v1')).toEqual([{ bytes: '7' }]);
      expect(readdirSync(folder)).toEqual([name]);
    },
  );

  it('with a question mark, which the database would misread, is refused', async () => {
    await expect(openLedger(join(folder, 'what?', 'ledger.duckdb'))).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('question mark'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the memory of an append', () => {
  // A batch of the database's is larger than what it gets by default; noise, since it compresses what repeats.
  const noise = randomBytes(12_000);
  const carrier = new FakeCarrier('one', {
    sims: [sim('one', 1)],
    sources: [source({ grain: 'event', scope: 'account' })],
    records: Array.from({ length: 2_100 }, (_, index) =>
      data(index, {
        id: `event-${index}`,
        grain: 'event',
        startedAt: at('2026-10-05'),
        raw: { body: `${index}${noise.toString('hex', index)}` },
      }),
    ),
  });
  const window = { from: '2026-10-01', to: '2026-11-01' };
  const sync = (options?: LedgerOptions) =>
    openLedger(path, options).then((ledger) =>
      syncUsage({ providers: [carrier.provider], ledger, window, clock: () => NOW }),
    );

  it('grows with the width of the records', async () => {
    expect((await sync()).records.added).toBe(2_100);
  }, 60_000);

  it('is as large as was said, and is told where that is not enough', async () => {
    await expect(sync({ appendMemory: '64MB' })).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringMatching(/^appendMemory: .* more than 64MB .* open the ledger with more$/),
    });
  }, 60_000);
});

describe('an estimate', () => {
  const window = { from: '2026-09-01', to: '2026-11-01' };

  it('counts SIMs and windows of the declarations, and asks nobody', async () => {
    const ledger = await openLedger(path);
    const carrier = new FakeCarrier('one', {
      sims: [1, 2, 3].map((index) => sim('one', index)),
      sources: [
        source({ kinds: ['data'], scope: 'account', windowDays: 7 }),
        source({ kinds: ['sms'], scope: 'sim', grain: 'event' }),
      ],
      records: [data(1, { startedAt: at('2026-10-01') })],
    });
    const estimate = () => estimateSync({ ledger, providers: [carrier.provider], window, clock: () => NOW });
    expect(await estimate()).toEqual([
      { provider: 'one', source: 'data/day/account', windows: 10, sims: null, calls: 10, hours: null },
      { provider: 'one', source: 'sms/event/sim', windows: 2, sims: null, calls: null, hours: null },
    ]);
    expect(carrier.queries).toEqual([]);

    let now = NOW;
    carrier.failWhen = (_, told) => {
      if (told === 0) now += 36_000;
    };
    await syncUsage({ ledger, providers: [carrier.provider], window, clock: () => now });
    expect(await estimate()).toEqual([
      // 36 seconds for each window
      { provider: 'one', source: 'data/day/account', windows: 10, sims: null, calls: 10, hours: 0.1 },
      // 36 seconds for each window of three SIMs
      { provider: 'one', source: 'sms/event/sim', windows: 2, sims: 3, calls: 6, hours: 0.02 },
    ]);
  });
});
