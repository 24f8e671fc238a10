// Reads a month of usage, ours or by hand, or every SIM, one after the other, and prints the CPU it took and, with --expose-gc, the most memory that was
// alive meanwhile. node [--expose-gc] support/stream-client.mjs usage|by-hand|sims <base URL>
import { providerOf } from './providers.mjs';

const [what, baseUrl] = process.argv.slice(2);

const ways = {
  async *usage() {
    const clock = () => Date.parse('2026-11-15T12:00:00Z');
    const provider = await providerOf('truphone', baseUrl, { clock });
    const window = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
    yield* provider.usage.records({ window, kinds: ['data'] });
    await provider.close();
  },

  async *sims() {
    const provider = await providerOf('truphone', baseUrl);
    yield* provider.inventory.list();
    await provider.close();
  },

  /** The rows as they come, each an object of texts. */
  async *'by-hand'() {
    const { default: axios } = await import('axios');
    const { parse } = await import('csv-parse');
    const client = axios.create({ baseURL: baseUrl, headers: { authorization: 'Token x' } });
    const { data } = await client.post('/api/v2.0/reports/generate/', { reportType: 'DATA_USAGE' });
    const report = await client.get(data.downloadUrl, { responseType: 'stream' });
    yield* report.data.pipe(parse({ columns: true }));
  },
};

/** Alive, not merely not yet collected. */
function aliveMb() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

let count = 0;
let before = 0;
let most = 0;
for await (const _ of ways[what]()) {
  count += 1;
  // The first page has loaded what is loaded lazily.
  if (count === 1000) before = aliveMb();
  else if (count % 100_000 === 0 || count === 20_000) most = Math.max(most, aliveMb());
}
const { user, system } = process.cpuUsage();
const addedMb = Math.max(0, most - before);
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ count, addedMb, peakMb, cpuMs: (user + system) / 1000 }));
