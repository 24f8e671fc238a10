import { measured, served } from './support/processes.mjs';

/** A bulk run beside the same calls without a journal: what it costs that nothing can get lost. */
export async function runs({ sims = 50_000 } = {}) {
  const figures = {};
  for (const way of ['run', 'bare']) {
    const vendor = await served('sandbox-server.mjs', sims * 6, 'no-limits');
    figures[way] = await measured({ flags: ['--expose-gc'] }, 'run-client.mjs', way, vendor.url, sims).finally(
      vendor.close,
    );
    if (figures[way].count !== sims) throw new Error(`${way} told ${figures[way].count} outcomes instead of ${sims}`);
  }
  const { run, bare } = figures;
  const rate = ({ seconds }) => `${Math.round(sims / seconds).toLocaleString('en')} SIMs a second`;
  return [
    {
      what: `a run over ${sims.toLocaleString('en')} SIMs, time`,
      ratio: run.seconds / bare.seconds,
      rival: `the same vendor calls without a journal (${rate(run)}, and ${rate(bare)})`,
      atMost: 2,
    },
    {
      what: `a run over ${sims.toLocaleString('en')} SIMs, memory`,
      ratio: run.addedMb / 100,
      rival: `100 MB (it added ${run.addedMb.toFixed(1)} MB)`,
      atMost: 1,
    },
  ];
}
