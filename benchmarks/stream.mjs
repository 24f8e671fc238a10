import { measured, served } from './support/processes.mjs';

/** Memory that is alive while a million usage records, or a hundred thousand SIMs, go by. */
export async function stream({ records = 1_000_000, sims = 100_000 } = {}) {
  const days = 30;
  const report = await served('report-server.mjs', Math.ceil(records / days), days);
  const usage = await measured(['--expose-gc', 'stream-client.mjs'], 'usage', report.url).finally(report.close);
  const pages = await served('page-server.mjs', sims, 500, 0);
  const list = await measured(['--expose-gc', 'stream-client.mjs'], 'sims', pages.url).finally(pages.close);
  const of = (what, { addedMb }) => ({
    what,
    ratio: addedMb / 100,
    rival: `100 MB (it added ${addedMb.toFixed(1)} MB)`,
    atMost: 1,
  });
  return [
    of(`memory for streaming ${usage.count.toLocaleString('en')} usage records`, usage),
    of(`memory for streaming ${list.count.toLocaleString('en')} SIMs`, list),
  ];
}
