import { measured } from './support/processes.mjs';

/** The usage ledger: loading records through a sync, and a report beside the same SQL typed by hand. */
export async function ledger({ records = 1_000_000, rows = 10_000_000 } = {}) {
  const { seconds, peakMb } = await measured('ledger-client.mjs', 'load', records);
  const byHand = await measured('ledger-client.mjs', 'load-by-hand', records);
  const { handMs, reportMs } = await measured('ledger-client.mjs', 'report', rows);
  const loading = `loading ${records.toLocaleString('en')} usage records into the ledger`;
  const rate = (time) => `${Math.round(records / time / 1000)},000 a second`;
  return [
    {
      what: `a report over ${rows.toLocaleString('en')} ledger rows, time`,
      ratio: reportMs / handMs,
      rival: `the same SQL typed by hand (${reportMs.toFixed(0)} ms and ${handMs.toFixed(0)} ms here)`,
      atMost: 1.5,
    },
    {
      what: `${loading}, time`,
      ratio: seconds / byHand.seconds,
      rival: `DuckDB's appender into a plain table, without windows, corrections and coverage (${rate(seconds)} and ${rate(byHand.seconds)} here)`,
    },
    {
      what: `${loading}, time`,
      ratio: seconds / 15,
      rival: `15 s (it took ${seconds.toFixed(1)} s)`,
      // Of a million; a smaller load tells nothing about it.
      ...(records === 1_000_000 && { atMost: 1 }),
    },
    {
      what: `${loading}, peak memory`,
      ratio: peakMb / 400,
      rival: `400 MB (it took ${peakMb.toFixed(0)} MB)`,
      atMost: 1,
    },
  ];
}
