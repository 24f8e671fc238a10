import type { Sandbox } from '@carrierkit/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { fleetConfig, pairConfig, startSandbox, Workplace } from './support/cli.js';
import { control } from './support/control.js';

interface Figures {
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly messages: number | null;
}
interface Report {
  readonly schema: string;
  readonly rows: readonly (Figures & { readonly provider: string; readonly kind: string; readonly cost: unknown })[];
  readonly totals: Figures;
}

let sandbox: Sandbox;
let place: Workplace;
beforeAll(async () => {
  sandbox = await startSandbox(30);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await control(sandbox, 'reset', {});
  place = new Workplace();
  place.write('carrierkit.config.yaml', pairConfig(sandbox));
});
afterEach(() => place.remove());

const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const WINDOW = ['--from', day(20), '--to', day(3)];
const ALL: Readonly<Record<string, string>> = { iot: 'emnify', staff: 'subscriptions', emea: 'truphone' };

it('reports to the byte what the vendors count, also after a second sync', async () => {
  place.write('carrierkit.config.yaml', fleetConfig(sandbox));
  const first = (await place.run(['usage', 'sync', ...WINDOW])).json<{
    records: Record<string, number>;
    calls: Record<string, number>;
  }>();
  expect(first.records['added']).toBeGreaterThan(0);
  const { rows: seen } = await control<{ rows: { adapter: string; count: number }[] }>(sandbox, 'stats');
  for (const [provider, adapter] of Object.entries(ALL)) {
    const calls = seen.filter((row) => row.adapter === adapter).reduce((sum, { count }) => sum + count, 0);
    expect(first.calls).toMatchObject({ [provider]: calls });
  }
  const second = await place.run(['usage', 'sync', ...WINDOW]);
  expect(second.code).toBe(0);
  expect(second.json()).toMatchObject({ records: { added: 0, changed: 0, unchanged: first.records['added'] } });
  const run = await place.run(['usage', 'report', ...WINDOW]);
  const { rows, schema } = run.json<Report>();
  const query = `usage?from=${day(20)}&to=${day(3)}&by=adapter,kind`;
  const truth = await control<{ rows: (Figures & { adapter: string; kind: string })[] }>(sandbox, query);
  const sums = truth.rows.filter(({ adapter }) => Object.values(ALL).includes(adapter));
  expect({ code: run.code, schema }).toEqual({ code: 0, schema: 'carrierkit.usage-report/1' });
  expect(rows).toHaveLength(sums.length);
  for (const { adapter, kind, bytes, seconds, messages } of sums) {
    const row = rows.find((one) => ALL[one.provider] === adapter && one.kind === kind);
    const figures = [row?.bytes ?? 0, row?.seconds ?? 0, row?.messages ?? 0];
    expect({ adapter, kind, figures }).toEqual({ adapter, kind, figures: [bytes ?? 0, seconds ?? 0, messages ?? 0] });
  }
});

it('tells a failing provider in the coverage and with 3', async () => {
  await control(sandbox, 'faults', {
    adapter: 'subscriptions',
    operationId: 'listUsageItems',
    kind: 'status',
    status: 403,
  });
  const sync = await place.run(['usage', 'sync', ...WINDOW]);
  expect(sync.code).toBe(3);
  const { coverage } = sync.json<{ coverage: { provider: string; error: unknown }[] }>();
  expect(coverage.find(({ provider }) => provider === 'staff')?.error).toMatchObject({ kind: 'permission' });
  expect((await place.run(['usage', 'report', ...WINDOW])).code).toBe(3);
  expect((await place.run(['usage', 'report', ...WINDOW, '--provider', 'iot'])).code).toBe(0);
});

it('parts sessions at midnight on request, and loses nothing of them', async () => {
  await place.run(['usage', 'sync', ...WINDOW]);
  const byDay = async (...flags: string[]) => {
    const run = await place.run(['usage', 'report', ...WINDOW, '--provider', 'staff', '--group-by', 'day', ...flags]);
    return run.json<Report & { readonly warnings: readonly string[] }>();
  };
  const [started, parted] = [await byDay(), await byDay('--prorate')];
  expect(parted.totals.bytes).toBe(started.totals.bytes);
  expect(parted.warnings.join(' ')).not.toBe(started.warnings.join(' '));
});

it('says that a report is empty', async () => {
  const run = await place.run(['usage', 'report', ...WINDOW]);
  expect(run.code).toBe(3);
  expect(run.json()).toMatchObject({ rows: [], warnings: [expect.any(String)] });
});

it('writes tables and CSV of the same rows', async () => {
  await place.run(['usage', 'sync', ...WINDOW]);
  const { rows } = (await place.run(['usage', 'report', ...WINDOW])).json<Report>();
  const csv = await place.run(['usage', 'report', ...WINDOW, '--format', 'csv']);
  expect(csv.out.split('\n')[0]).toMatch(
    /^type,provider,kind,records,bytes,seconds,messages,.*settled_through,cost_told/,
  );
  const kindsOf = csv.out
    .trim()
    .split('\n')
    .map((line) => line.split(',')[0]);
  expect(kindsOf.filter((kind) => kind === 'usage')).toHaveLength(rows.length);
  expect(new Set(kindsOf)).toEqual(new Set(['type', 'usage', 'coverage', 'warning', 'window']));
  const table = await place.run(['usage', 'report', ...WINDOW], { terminal: 100 });
  // Rows, totals and coverage, each with a head.
  expect(table.out.trim().split('\n')).toHaveLength(rows.length + 1 + 3 + 1 + 3);
  expect(table.out).toMatch(/iot +data +\d+ +\d[\d.]* MB/);
});

it.each([
  [['usage', 'report']],
  [['usage', 'report', '--month', '2026-13']],
  [['usage', 'report', '--month', '2026-10', '--from', '2026-10-01', '--to', '2026-10-02']],
  [['usage', 'report', '--from', '2026-10-02', '--to', '2026-10-01']],
  [['usage', 'report', '--month', '2026-10', '--group-by', 'colour']],
  [['usage', 'report', '--month', '2026-10', '--timezone', 'Mars/Olympus']],
  [['usage', 'report', '--month', '2026-10', '--provider', 'nobody']],
  [['usage', 'sync', '--month', '2026-10', '--kind', 'smoke']],
])('ends with 2 for %j', async (args) => {
  const run = await place.run(args);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.error().kind).toBe('input');
});

it('says before a sync what it would read, and asks nobody', async () => {
  const before = await control<unknown[]>(sandbox, 'requests');
  const run = await place.run(['usage', 'sync', ...WINDOW, '--dry-run']);
  expect(run.code).toBe(0);
  expect(run.json<readonly { provider: string }[]>().map(({ provider }) => provider)).toEqual(['iot', 'staff']);
  expect(await control<unknown[]>(sandbox, 'requests')).toHaveLength(before.length);
});

it('tells who used most, who is silent, and what lies behind a figure', async () => {
  await place.run(['usage', 'sync', ...WINDOW]);
  const top = await place.run(['usage', 'top', ...WINDOW, '--limit', '3']);
  const rows = top.json<{ rows: readonly { sim: string; provider: string; bytes: number }[] }>().rows;
  expect(rows.map(({ bytes }) => bytes)).toEqual(rows.map(({ bytes }) => bytes).toSorted((a, b) => b - a));
  const first = rows[0]!;

  const explained = await place.run(['usage', 'explain', ...WINDOW, '--sim', first.sim, '--kind', 'data']);
  const { figures, records } = explained.json<{
    figures: { bytes: number };
    records: readonly { bytes: string; raw: unknown; fetch: { readAt: string } }[];
  }>();
  expect(figures.bytes).toBe(first.bytes);
  const typed = ['--sim', first.sim.slice(0, -1), '--kind', 'data'];
  const short = await place.run(['usage', 'explain', ...WINDOW, ...typed]);
  expect(short.json<{ figures: unknown }>().figures, 'without check digit').toEqual(figures);
  expect(records.reduce((sum, { bytes }) => sum + Number(bytes), 0)).toBe(first.bytes);
  expect(records.every(({ raw, fetch }) => raw !== null && fetch.readAt !== '')).toBe(true);

  const table = await place.run(['usage', 'explain', ...WINDOW, '--sim', first.sim, '--format', 'table'], {
    terminal: 100,
  });
  expect(table.out).toContain(first.sim);
  expect((await place.run(['usage', 'silent', '--days', '10'])).json()).toMatchObject({
    schema: 'carrierkit.silent-sims/1',
  });
  const wrong = await place.run(['usage', 'top', ...WINDOW, '--by', 'euros']);
  expect([wrong.code, wrong.error().kind]).toEqual([2, 'input']);
});

it('converts costs only by rates that are named', async () => {
  await place.run(['usage', 'sync', ...WINDOW]);
  const without = await place.run(['usage', 'report', ...WINDOW, '--convert', 'EUR']);
  expect([without.code, without.error().message]).toEqual([2, expect.stringContaining('--rates')]);
  place.write('rates.json', JSON.stringify({ name: 'Treasury, November', rates: [] }));
  const run = await place.run(['usage', 'report', ...WINDOW, '--convert', 'EUR', '--rates', 'rates.json']);
  expect(run.json()).toMatchObject({ conversion: { to: 'EUR', name: 'Treasury, November' } });
});
