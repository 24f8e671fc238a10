// A month of 700,000 SIMs, 21 million rows and more than 1 GB of CSV, through the usage port: `npm run test:large`, some minutes.
import { measured, served } from './support/processes.mjs';

const [sims, days] = [700_000, 30];
const report = await served('report-server.mjs', sims, days);
const { count, addedMb, peakMb, cpuMs } = await measured(
  { flags: ['--expose-gc'] },
  'stream-client.mjs',
  'usage',
  report.url,
).finally(report.close);
const figures = `${count.toLocaleString('en')} records, ${addedMb.toFixed(1)} MB more alive at most, peak ${peakMb.toFixed(0)} MB, ${((cpuMs / count) * 1000).toFixed(1)} µs of CPU each`;
console.log(figures);
if (count !== sims * days) throw new Error(`${sims * days - count} records are missing`);
if (addedMb >= 100) throw new Error('memory is not flat');
