import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type GroupKey,
  isComplete,
  type Ledger,
  openLedger,
  type SyncProgress,
  syncUsage,
  usageReport,
} from '../src/index.js';
import { type AddedUsage, SandboxCarriers } from './sandbox-carriers.js';

const WINDOW = { from: '2026-10-05', to: '2026-11-16' };
const FIGURES = ['bytes', 'seconds', 'messages', 'cost', 'currency'];
const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Stage {
  readonly carriers: SandboxCarriers;
  readonly ledger: Ledger;
}

async function stage(seed: number): Promise<Stage> {
  const carriers = await SandboxCarriers.start({ seed });
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));
  closing.push(
    () => carriers.close(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  return { carriers, ledger: await openLedger(join(folder, 'ledger.duckdb')) };
}

function sync({ carriers, ledger }: Stage, onProgress: (progress: SyncProgress) => void = () => {}) {
  return syncUsage({ providers: carriers.providers, ledger, window: WINDOW, clock: carriers.clock, onProgress });
}

type Row = Readonly<Record<string, unknown>>;
type Totals = Readonly<Record<string, readonly unknown[]>>;

/** Keys with all their figures; a key whose figures are zero or not told is left out, as the sandbox leaves it out. */
async function reported({ carriers, ledger }: Stage, by: GroupKey[]): Promise<Totals> {
  const { rows } = await usageReport({ ledger, window: WINDOW, groupBy: by, clock: carriers.clock });
  return totals(rows.map((row) => [by.map((key) => row[key] ?? null), [row.bytes, row.seconds, row.messages]]));
}

async function told({ carriers }: Stage, by: readonly string[]): Promise<Totals> {
  const rows = await carriers.truth(WINDOW, by.join(','));
  return totals(
    rows.map((row) => [by.map((key) => ({ ...row })[key] ?? null), [row.bytes, row.seconds, row.messages]]),
  );
}

function totals(rows: readonly (readonly [readonly unknown[], readonly unknown[]])[]): Totals {
  const used = rows.filter(([, figures]) => figures.some((figure) => figure !== null && figure !== 0));
  return Object.fromEntries(used.map(([keys, figures]) => [keys.join(' '), figures]).toSorted());
}

async function expectTruth(on: Stage): Promise<void> {
  const cells = await told(on, ['adapter', 'kind', 'day', 'country', 'iccid']);
  expect(Object.keys(cells).length).toBeGreaterThan(150);
  expect(await reported(on, ['provider', 'kind', 'day', 'country', 'sim'])).toEqual(cells);
}

/** All vendors break in the second window of theirs: Truphone alternately in the data and in the SMS of it. */
const BREAKS = ['downloadReport', 'listCallDetailRecords'].flatMap((truphone) =>
  ['status', 'drop', 'truncate', 'malformed'].map((kind) => ({ truphone, kind })),
);

function faultsOf(seed: number): readonly object[] {
  const { truphone, kind } = BREAKS[SEEDS.indexOf(seed) % BREAKS.length] ?? {};
  const fault = { kind, when: 'before', times: 1000, ...(kind === 'status' && { status: 500 }) };
  return [
    { ...fault, operationId: truphone, skip: truphone === 'downloadReport' ? 1 : 8 },
    { ...fault, operationId: 'getSimDailyStats', skip: 6 + (seed % 3) },
    { ...fault, operationId: 'listUsageItems', skip: 3 },
  ];
}

/** For two SIMs of each vendor: what was told is corrected, told late and told twice, each on a day of its own. */
function changesOf(seed: number, iccids: readonly string[], adapter: string): readonly AddedUsage[] {
  const days = fc.shuffledSubarray([...Array(30).keys()], { minLength: 7, maxLength: 7 });
  return iccids.flatMap((iccid, index) => {
    const [order = []] = drawn(seed * 100 + index, days);
    const at = order.map((day) => new Date(Date.parse('2026-10-06T10:00:00Z') + day * 86_400_000).toISOString());
    const [bytes = 0] = drawn(seed * 100 + index, fc.integer({ min: 1, max: 2 ** 33 }));
    return [
      { iccid, kind: 'data', at: at[0] ?? '', how: 'corrected', bytes },
      { iccid, kind: 'data', at: at[1] ?? '', how: 'corrected', bytes: 0 },
      { iccid, kind: 'data', at: at[2] ?? '', how: 'late', bytes },
      { iccid, kind: 'sms', at: at[3] ?? '', how: 'late', messages: 3 },
      { iccid, kind: 'data', at: at[4] ?? '', how: 'duplicate', bytes: 7_000 },
      { iccid, kind: 'sms', at: at[5] ?? '', how: 'duplicate' },
      ...(adapter === 'subscriptions'
        ? [{ iccid, kind: 'voice', at: at[6] ?? '', how: 'late', seconds: 61 } as const]
        : []),
      { iccid, kind: 'data', at: '2026-11-15T11:00:00Z', how: 'new', bytes: 42_000 },
    ] satisfies AddedUsage[];
  });
}

function drawn<T>(seed: number, arbitrary: fc.Arbitrary<T>): T[] {
  return fc.sample(arbitrary, { seed, numRuns: 1 });
}

/** What the ledger holds, but for the reading that a row came from. */
function held({ ledger }: Stage) {
  return ledger.query('SELECT * EXCLUDE (fetch_id) FROM usage ORDER BY provider, id');
}

async function syncWithFaults(on: Stage, seed: number): Promise<number> {
  for (const fault of faultsOf(seed)) await on.carriers.fault(fault);
  const steps = new Set<string>();
  const { coverage, records } = await sync(on, ({ provider, step, records: { added } }) => {
    if (step !== 'read' || added > 0) steps.add(`${provider} ${step}`);
  });
  await on.carriers.clearFaults();
  expect(isComplete(coverage)).toBe(false);
  // In the middle: some of each vendor is in the ledger, some is not.
  for (const { id } of on.carriers.providers)
    expect([...steps]).toEqual(expect.arrayContaining([`${id} read`, `${id} failed`]));
  return records.added;
}

async function changeWhatWasTold({ carriers }: Stage, seed: number): Promise<void> {
  const used = await carriers.truth(WINDOW, 'adapter,iccid');
  for (const { adapter } of carriers.providers) {
    const iccids = used.filter((row) => row.adapter === adapter).map(({ iccid }) => iccid);
    for (const change of changesOf(seed, iccids.slice(0, 2), adapter)) await carriers.addUsage(change);
  }
}

/** Every correction leads from what the ledger held before to what it holds now, and nothing else differs. */
async function expectCorrections(on: Stage, before: readonly Row[]): Promise<void> {
  const now = new Map((await held(on)).map((row) => [row['id'], row]));
  const differing = before.filter((row) => FIGURES.some((name) => row[name] !== now.get(row['id'])?.[name]));
  const corrections = await on.ledger.query('SELECT * FROM corrections');
  expect(new Set(corrections.map(({ id }) => id))).toEqual(new Set(differing.map(({ id }) => id)));
  for (const row of differing) {
    const [correction, ...others] = corrections.filter(({ id }) => id === row['id']);
    expect(others).toEqual([]);
    for (const name of FIGURES) {
      expect(correction?.[`${name}_before`]).toBe(row[name]);
      expect(correction?.[`${name}_after`]).toBe(now.get(row['id'])?.[name] ?? null);
    }
  }
}

describe('usage of the sandbox vendors, over HTTP', () => {
  it.each(SEEDS)(
    'equals what they tell, to the byte: after faults, after late, double and corrected records (seed %i)',
    async (seed) => {
      const on = await stage(seed);
      const early = await syncWithFaults(on, seed);
      const resumed = await sync(on);
      expect(isComplete(resumed.coverage)).toBe(true);
      const before = await held(on);
      expect(before).toHaveLength(early + resumed.records.added);
      expect(before.length).toBeGreaterThan(200);
      await expectTruth(on);

      await changeWhatWasTold(on, seed);
      const { records } = await sync(on);
      expect(records.added).toBeGreaterThan(0);
      expect(records.changed).toBeGreaterThan(0);
      expect(records.changed + records.unchanged).toBe(before.length);
      await expectTruth(on);
      await expectCorrections(on, before);
    },
  );

  it('are told again without a change by a sync after the last one', async () => {
    const on = await stage(1);
    await sync(on);
    const before = await held(on);
    expect((await sync(on)).records).toEqual({ added: 0, changed: 0, unchanged: before.length });
    expect(await held(on)).toEqual(before);
    expect(await on.ledger.query('SELECT count(*) AS corrections FROM corrections')).toEqual([{ corrections: '0' }]);
  });
});
