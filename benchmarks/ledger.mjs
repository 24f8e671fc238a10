import { measured } from './support/processes.mjs';

/** The usage ledger: loading records through a sync, and a report beside the same SQL typed by hand. */
export async function ledger({ records = 1_000_000, rows = 10_000_000 } = {}) {
  const { seconds, peakMb } = await measured('ledger-client.mjs', 'load', records);
  const { handMs, reportMs } = await measured('ledger-client.mjs', 'report', rows);
  const loading = `loading ${records.toLocaleString('en')} usage records into the ledger`;
  return [
    { what: `${loading}, time`, ratio: seconds / 15, rival: `15 s (it took ${seconds.toFixed(1)} s)`, atMost: 1 },
    {
      what: `${loading}, peak memory`,
      ratio: peakMb / 400,
      rival: `400 MB (it took ${peakMb.toFixed(0)} MB)`,
      atMost: 1,
    },
    {
      what: `a report over ${rows.toLocaleString('en')} ledger rows`,
      ratio: reportMs / handMs,
      rival: `the same SQL typed by hand (${reportMs.toFixed(0)} ms and ${handMs.toFixed(0)} ms here)`,
      atMost: 1.5,
    },
  ];
}
