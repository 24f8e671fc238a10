import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, syncUsage } from '../src/index.js';
import { at, data, FakeCarrier, iccid, NOW, sim } from './fake-provider.js';
import { writeOctober } from './readme-example.js';

const guide = readFileSync(new URL('../../../docs/guides/usage-sql.md', import.meta.url), 'utf8');
const recipes = guide
  .split(/^## /m)
  .slice(1)
  .map((section) => [section.split('\n')[0] ?? '', /```sql\n([\s\S]*?)```/.exec(section)?.[1] ?? ''] as const);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** SIM 1 uses little each day but once, and goes abroad at last; SIM 2 stays small. */
function carrier(): FakeCarrier {
  const day = (date: number) => at(`2026-10-${String(date).padStart(2, '0')}`);
  const days = Array.from({ length: 30 }, (_, index) => index + 1);
  return new FakeCarrier('iot', {
    sims: [sim('iot', 1), sim('iot', 2)],
    records: days.flatMap((date) => [
      data(date === 12 ? 400_000_000 : 1_000_000, {
        provider: 'iot',
        iccid: iccid(1),
        country: date === 30 ? 'FR' : 'DE',
        startedAt: day(date),
      }),
      data(2_000, { provider: 'iot', iccid: iccid(2), country: 'DE', startedAt: day(date) }),
    ]),
  });
}

it('the example of the README writes its files', async () => {
  await writeOctober([carrier().provider], folder);
  expect(readFileSync(join(folder, 'october.csv'), 'utf8')).toContain('iot,DE,59,428060000,');
  expect(readFileSync(join(folder, 'october.html'), 'utf8')).toContain('429 MB');
});

describe('the recipes in SQL', () => {
  const found: Readonly<Record<string, unknown>> = {
    'SIMs in a new country': [{ iccid: iccid(1), country: 'FR', bytes: '1000000' }],
    "Spikes against a SIM's own median": [{ iccid: iccid(1), day: '2026-10-12', bytes: '400000000' }],
    'Who is about to use up a quota': [{ iccid: iccid(1), bytes: '429000000', percent: 85.8 }],
    "A carrier's invoice beside the ledger": [
      { iccid: iccid(1), invoiced: '500000000.000000', used: '429000000' },
      { iccid: iccid(3), invoiced: '1500000.000000', used: null },
    ],
    'Busiest networks': [
      { country: 'DE', sims: '2' },
      { country: 'FR', sims: '1' },
    ],
  };

  it.each(recipes)('%s', async (name, sql) => {
    const ledger = await openLedger(join(folder, 'ledger.duckdb'));
    const window = { from: '2026-10-01', to: '2026-11-01' };
    await syncUsage({ ledger, providers: [carrier().provider], window, clock: () => NOW });
    const invoice = join(folder, 'invoice.csv');
    writeFileSync(invoice, `iccid,megabytes\n${iccid(1)},500\n${iccid(2)},0.06\n${iccid(3)},1.5\n`);
    expect(await ledger.query(sql.replace('invoice.csv', invoice))).toMatchObject(found[name] as object);
  });

  it('document every column of the view, and no other', async () => {
    const ledger = await openLedger(join(folder, 'ledger.duckdb'));
    const columns = (await ledger.query('SELECT * FROM (DESCRIBE usage_v1)')).map((row) => String(row['column_name']));
    const cells = guide
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|')[1] ?? '');
    expect(cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1])).toSorted()).toEqual(
      columns.toSorted(),
    );
    expect(existsSync(ledger.path)).toBe(true);
  });
});
