import assert from 'node:assert';
import { htmlReport, openLedger, renderReport, usageReport } from '@carrierkit/usage';

const ledger = await openLedger('ledger.duckdb');
const window = { from: '2026-10-01', to: '2026-11-01' };
const report = await usageReport({ ledger, window });
assert.deepEqual(report.rows, []);
assert.match(renderReport(report, 'csv'), /provider/);
assert.match(await htmlReport({ ledger, window }), /<html/);
