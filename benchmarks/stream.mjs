import { inTurns, measured, served } from './support/processes.mjs';

/** Memory that is alive while a million usage records, or a hundred thousand SIMs, go by; and what the records cost beside a loop by hand. */
export async function stream({ records = 1_000_000, sims = 100_000, rounds = 3 } = {}) {
  const days = 30;
  const count = Math.ceil(records / days) * days;
  const report = await served('report-server.mjs', count / days, days);
  const pages = await served('page-server.mjs', 'truphone', sims, 500, 0);
  try {
    const usage = await alive('usage', report.url, count);
    const list = await alive('sims', pages.url, sims);
    const ways = ['usage', 'by-hand'];
    const ms = await inTurns(rounds, ways, async (way) => (await read([], way, report.url, count)).cpuMs);
    const name = `streaming ${count.toLocaleString('en')} usage records`;
    return [
      memory(name, usage),
      memory(`streaming ${sims.toLocaleString('en')} SIMs`, list),
      {
        what: `${name}, CPU`,
        ratio: ms.get('usage') / ms.get('by-hand'),
        rival: 'a hand-written axios and csv-parse loop that neither checks nor maps',
      },
    ];
  } finally {
    report.close();
    pages.close();
  }
}

function alive(what, url, count) {
  return read(['--expose-gc'], what, url, count);
}

async function read(flags, what, url, wanted) {
  const result = await measured({ flags }, 'stream-client.mjs', what, url);
  if (result.count !== wanted) throw new Error(`${what} read ${result.count} instead of ${wanted}`);
  return result;
}

function memory(what, { addedMb }) {
  const rival = `100 MB (it added ${addedMb.toFixed(1)} MB)`;
  return { what: `${what}, memory`, ratio: addedMb / 100, rival, atMost: 1 };
}
