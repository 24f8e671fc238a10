import { createFleet } from '@carrierkit/fleet';
import { isComplete, openLedger, syncUsage, usageReport } from '@carrierkit/usage';

const [from = '2026-10-01', to = '2026-11-01'] = process.argv.slice(2);
const window = { from, to };
await using fleet = await createFleet('carrierkit.config.yaml');
const ledger = await openLedger('carrierkit.duckdb');

// Reading the same window again changes nothing, or brings the vendors' corrections.
const { records } = await syncUsage({ ledger, providers: fleet.providers, window });
console.log(records);

const { rows, coverage, warnings } = await usageReport({ ledger, window, groupBy: ['provider', 'kind'] });
for (const { provider, kind, bytes, messages, cost } of rows) console.log(provider, kind, { bytes, messages, cost }); // null = nobody told, never 0

if (!isComplete(coverage)) console.log('not everything could be read');
for (const warning of warnings) console.log(warning);
