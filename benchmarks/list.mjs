import { inTurns, measured, served } from './support/processes.mjs';

/** The subscriptions API gives no more than a hundred at once, and tells twice as much of each. */
const pageSizes = { truphone: 500, emnify: 500, subscriptions: 100 };

/** Listing SIMs beside the loops that people write by hand: those neither check nor map what they get. */
export async function list({ sims = 100_000, rounds = 5, latencyMs = 50 } = {}) {
  const rows = [];
  for (const vendor of Object.keys(pageSizes)) rows.push(...(await cpu(vendor, sims, rounds)));
  // Following cursors is one call after the other for everybody, and takes long: a tenth of the SIMs tells as much.
  return [
    ...rows,
    await speed('truphone', sims, latencyMs, { atLeast: 5 }),
    await speed('emnify', sims, latencyMs),
    await speed('subscriptions', sims / 10, latencyMs),
  ];
}

async function cpu(vendor, sims, rounds) {
  const server = await served('page-server.mjs', vendor, sims, pageSizes[vendor], 0);
  // The libraries go on by `Link` headers or page numbers.
  const ways = ['carrierkit', 'axios', ...(vendor === 'truphone' ? ['got', 'octokit'] : [])];
  const ms = await inTurns(rounds, ways, async (way) => (await listing(way, vendor, server.url, sims)).cpuMs);
  server.close();
  const row = (way, rival, goal) => ({
    what: `listing ${sims.toLocaleString('en')} SIMs, ${vendor}, CPU`,
    ratio: ms.get('carrierkit') / ms.get(way),
    rival,
    ...goal,
  });
  return [
    row('axios', 'a hand-written axios loop', { atMost: 1.4 }),
    ...(vendor === 'truphone' ? [row('got', "got's `paginate`"), row('octokit', "octokit's `paginate`")] : []),
  ];
}

/** How many times as fast as the loop, from a server that takes its time. */
async function speed(vendor, sims, latencyMs, goal) {
  const server = await served('page-server.mjs', vendor, sims, pageSizes[vendor], latencyMs);
  const ms = await inTurns(
    2,
    ['carrierkit', 'axios'],
    async (way) => (await listing(way, vendor, server.url, sims)).wallMs,
  );
  server.close();
  return {
    what: `listing ${sims.toLocaleString('en')} SIMs, ${vendor}, from a server ${latencyMs} ms away, speed`,
    ratio: ms.get('axios') / ms.get('carrierkit'),
    rival: 'the same axios loop',
    ...goal,
  };
}

async function listing(way, vendor, url, sims) {
  const result = await measured('list-client.mjs', way, vendor, url, pageSizes[vendor]);
  if (result.count !== sims) throw new Error(`${way} listed ${result.count} SIMs instead of ${sims}`);
  return result;
}
