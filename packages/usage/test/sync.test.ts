import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isComplete, type Ledger, openLedger, syncUsage, usageReport } from '../src/index.js';
import { at, data, FakeCarrier, NOW } from './fake-provider.js';

let folder: string;
let ledger: Ledger;
const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
const clock = () => NOW;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  ledger = await openLedger(join(folder, 'ledger.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('syncUsage', () => {
  it('stores what a carrier tells, and nothing new the second time', async () => {
    const carrier = new FakeCarrier('one', {
      records: Array.from({ length: 10 }, (_, day) =>
        data(1000 + day, { startedAt: at(`2026-10-${String(day + 1).padStart(2, '0')}`) }),
      ),
    });
    const first = await syncUsage({ providers: [carrier.provider], ledger, window: OCTOBER, clock });
    expect(first.records).toEqual({ added: 10, changed: 0, unchanged: 0 });
    expect(first.calls).toEqual({ one: 5 });
    expect(isComplete(first.coverage)).toBe(true);
    const second = await syncUsage({ providers: [carrier.provider], ledger, window: OCTOBER, clock });
    expect(second.records).toEqual({ added: 0, changed: 0, unchanged: 10 });
    const report = await usageReport({ ledger, window: OCTOBER, clock });
    expect(report.rows).toEqual([
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
    console.log(JSON.stringify(report, null, 1));
  });
});
