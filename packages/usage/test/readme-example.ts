import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '@carrierkit/core';
import { htmlReport, isComplete, openLedger, renderReport, syncUsage, usageReport } from '@carrierkit/usage';

/** Reads October from every carrier and writes it down for people and for machines. */
export async function writeOctober(providers: readonly Provider[], folder: string): Promise<void> {
  const ledger = await openLedger(join(folder, 'carrierkit.duckdb'));
  // Dates of Berlin; `to` is excluded.
  const october = { window: { from: '2026-10-01', to: '2026-11-01' }, timezone: 'Europe/Berlin' };

  // May be killed and repeated at any time: it goes on where it stood, and doubles nothing.
  await syncUsage({ ledger, providers, ...october });

  const report = await usageReport({ ledger, ...october, groupBy: ['provider', 'country'] });
  if (!isComplete(report.coverage)) console.warn(report.warnings.join('\n'));
  writeFileSync(join(folder, 'october.csv'), renderReport(report, 'csv-excel'));
  writeFileSync(join(folder, 'october.html'), await htmlReport({ ledger, ...october }));
}
