import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type GroupKey, isComplete, type Ledger, openLedger, syncUsage, usageReport } from '../src/index.js';
import { type AddedUsage, SandboxCarriers } from './sandbox-carriers.js';

const WINDOW = { from: '2026-10-05', to: '2026-11-16' };
const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function stage(seed: number): Promise<{ readonly carriers: SandboxCarriers; readonly ledger: Ledger }> {
  const carriers = await SandboxCarriers.start({ seed });
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));
  closing.push(
    () => carriers.close(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  return { carriers, ledger: await openLedger(join(folder, 'ledger.duckdb')) };
}

function sync({ carriers, ledger }: Awaited<ReturnType<typeof stage>>) {
  return syncUsage({ providers: carriers.providers, ledger, window: WINDOW, clock: carriers.clock });
}

type Totals = Readonly<Record<string, readonly unknown[]>>;

/** Keys with all their figures; a key whose figures are zero or not told is left out, as the sandbox leaves it out. */
async function reported({ carriers, ledger }: Awaited<ReturnType<typeof stage>>, by: GroupKey[]): Promise<Totals> {
  const { rows } = await usageReport({ ledger, window: WINDOW, groupBy: by, clock: carriers.clock });
  return totals(rows.map((row) => [by.map((key) => row[key] ?? null), [row.bytes, row.seconds, row.messages]]));
}

async function told({ carriers }: Awaited<ReturnType<typeof stage>>, by: readonly string[]): Promise<Totals> {
  const rows = await carriers.truth(WINDOW, by.join(','));
  return totals(
    rows.map((row) => [by.map((key) => ({ ...row })[key] ?? null), [row.bytes, row.seconds, row.messages]]),
  );
}

function totals(rows: readonly (readonly [readonly unknown[], readonly unknown[]])[]): Totals {
  const used = rows.filter(([, figures]) => figures.some((figure) => figure !== null && figure !== 0));
  return Object.fromEntries(used.map(([keys, figures]) => [keys.join(' '), figures]).toSorted());
}

async function expectTruth(on: Awaited<ReturnType<typeof stage>>): Promise<void> {
  const cells = await told(on, ['adapter', 'kind', 'day', 'iccid']);
  expect(Object.keys(cells).length).toBeGreaterThan(150);
  expect(await reported(on, ['provider', 'kind', 'day', 'sim'])).toEqual(cells);
  expect(await reported(on, ['provider', 'kind', 'day', 'country'])).toEqual(
    await told(on, ['adapter', 'kind', 'day', 'country']),
  );
}

describe('usage of the sandbox vendors, over HTTP', () => {
  it.each(SEEDS)('equals what they tell, to the byte, also after a second sync (seed %i)', async (seed) => {
    const on = await stage(seed);
    const { coverage, records } = await sync(on);
    expect(isComplete(coverage)).toBe(true);
    expect(records.added).toBeGreaterThan(200);
    await expectTruth(on);
    const before = await on.ledger.query('SELECT * EXCLUDE (fetch_id) FROM usage ORDER BY provider, id');
    expect((await sync(on)).records).toEqual({ added: 0, changed: 0, unchanged: records.added });
    expect(await on.ledger.query('SELECT * EXCLUDE (fetch_id) FROM usage ORDER BY provider, id')).toEqual(before);
    expect(await on.ledger.query('SELECT count(*) AS corrections FROM corrections')).toEqual([{ corrections: '0' }]);
  });

  it.each(SEEDS.slice(0, 3))(
    'stays true when the vendors tell late, twice and otherwise than before (seed %i)',
    async (seed) => {
      const on = await stage(seed);
      await sync(on);
      const used = await on.carriers.truth(WINDOW, 'adapter,iccid');
      for (const { adapter } of on.carriers.providers) {
        const iccid = used.find((row) => row.adapter === adapter)?.iccid ?? '';
        const changes: AddedUsage[] = [
          { iccid, kind: 'data', at: '2026-10-20T10:00:00Z', how: 'corrected', bytes: 123_456 },
          { iccid, kind: 'data', at: '2026-10-21T10:00:00Z', how: 'late', bytes: 999_999 },
          { iccid, kind: 'sms', at: '2026-10-22T10:00:00Z', how: 'late', messages: 3 },
          { iccid, kind: 'data', at: '2026-10-23T10:00:00Z', how: 'duplicate', bytes: 7_000 },
          { iccid, kind: 'data', at: '2026-11-15T11:00:00Z', how: 'new', bytes: 42_000 },
        ];
        for (const change of changes) await on.carriers.addUsage(change);
      }
      const { records } = await sync(on);
      expect(records.changed).toBeGreaterThan(0);
      await expectTruth(on);
      expect((await sync(on)).records).toMatchObject({ added: 0, changed: 0 });
    },
  );

  it.each(SEEDS)('is completed by the next sync after faults in the middle of one (seed %i)', async (seed) => {
    const on = await stage(seed);
    const [usage, list] = ['getSimDailyStats', 'listUsageItems'];
    await on.carriers.fault({ operationId: usage, kind: 'status', status: 500, when: 'before', skip: 4, times: 40 });
    await on.carriers.fault({ operationId: 'downloadReport', kind: 'truncate', when: 'before', times: 40 });
    await on.carriers.fault({
      operationId: 'listCallDetailRecords',
      kind: 'drop',
      when: 'before',
      skip: 2,
      times: 6,
    });
    await on.carriers.fault({ operationId: list, kind: 'truncate', when: 'before', skip: 1, times: 40 });
    const broken = await sync(on);
    expect(isComplete(broken.coverage)).toBe(false);
    expect(new Set(broken.coverage.filter(({ error }) => error).map(({ provider }) => provider))).toEqual(
      new Set(['emnify', 'subscriptions', 'truphone']),
    );
    for (let attempt = 0; attempt < 20; attempt++) if (isComplete((await sync(on)).coverage)) break;
    await expectTruth(on);
  });
});
