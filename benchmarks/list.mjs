import { inTurns, measured, served } from './support/processes.mjs';

/** Listing SIMs beside the loops that people write by hand: those neither check nor map what they get. */
export async function list({ sims = 100_000, size = 500, rounds = 5, latencyMs = 50 } = {}) {
  const run = (url) => async (way) => {
    const result = await measured('list-client.mjs', way, url, size);
    if (result.count !== sims) throw new Error(`${way} listed ${result.count} SIMs instead of ${sims}`);
    return result;
  };
  const near = await served('page-server.mjs', sims, size, 0);
  const cpu = await inTurns(
    rounds,
    ['carrierkit', 'axios', 'got', 'octokit'],
    async (way) => (await run(near.url)(way)).cpuMs,
  );
  near.close();
  const far = await served('page-server.mjs', sims, size, latencyMs);
  const wall = await inTurns(
    Math.min(rounds, 3),
    ['carrierkit', 'axios'],
    async (way) => (await run(far.url)(way)).wallMs,
  );
  far.close();
  const what = `listing ${sims.toLocaleString('en')} SIMs of 1 KB`;
  const ratio = (rival) => cpu.get('carrierkit') / cpu.get(rival);
  return [
    { what: `${what}, CPU`, ratio: ratio('axios'), rival: 'a hand-written axios loop', atMost: 1.4 },
    { what: `${what}, CPU`, ratio: ratio('got'), rival: "got's `paginate`", atMost: 1.4 },
    { what: `${what}, CPU`, ratio: ratio('octokit'), rival: "octokit's `paginate`", atMost: 1.4 },
    {
      what: `${what} from a server ${latencyMs} ms away, speed`,
      ratio: wall.get('axios') / wall.get('carrierkit'),
      rival: 'the same axios loop',
      atLeast: 5,
    },
  ];
}
