// Reads a month of usage, or every SIM, one after the other, and prints the most memory that was alive meanwhile.
// node --expose-gc support/stream-client.mjs usage|sims <base URL>
import { truphone } from '@carrierkit/adapter-truphone';

const [what, baseUrl] = process.argv.slice(2);
const rates = { take: async () => ({ waitMs: 0 }) };
const clock = () => Date.parse('2026-11-15T12:00:00Z');
const provider = truphone({ token: '0'.repeat(40), baseUrl })({ id: 'bench', rates, clock });
const window = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
const items = what === 'usage' ? provider.usage.records({ window, kinds: ['data'] }) : provider.inventory.list();

/** Alive, not merely not yet collected. */
function aliveMb() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

let count = 0;
let bytes = 0;
let before = 0;
let most = 0;
const cpu = process.cpuUsage();
for await (const item of items) {
  count += 1;
  bytes += item.bytes?.total ?? 0;
  // The first page has loaded what is loaded lazily.
  if (count === 1000) before = aliveMb();
  else if (count % 100_000 === 0 || count === 20_000) most = Math.max(most, aliveMb());
}
const { user, system } = process.cpuUsage(cpu);
await provider.close();
const addedMb = Math.max(0, most - before);
console.log(
  JSON.stringify({
    count,
    bytes,
    addedMb,
    peakMb: process.resourceUsage().maxRSS / 1024,
    cpuMs: (user + system) / 1000,
  }),
);
