// Suspends SIMs at one vendor, by a bulk run with its journal on the disk, or by calls without one. node --expose-gc support/run-client.mjs run|bare <sandbox URL> <sims>
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { truphone } from '@carrierkit/adapter-truphone';
import { createFleet } from '@carrierkit/fleet';

const [way, url, count] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'carrierkit-bench-'));
const token = '0123456789abcdef0123456789abcdef01234567';
const fleet = await createFleet(
  { stateDir: folder, providers: { emea: truphone({ token, baseUrl: `${url}/truphone` }) } },
  { rates: { take: async () => ({ waitMs: 0 }) } },
);
const sims = [];
for await (const { iccid } of fleet.inventory.list({ states: ['active'] }, { priority: 'bulk' })) {
  sims.push({ iccid, provider: 'emea' });
  if (sims.length >= Number(count)) break;
}

function aliveMb() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

const before = aliveMb();
let most = before;
let told = 0;
const onOutcome = () => {
  told += 1;
  if (told % 10_000 === 0) most = Math.max(most, aliveMb());
};
const started = performance.now();
if (way === 'run') await fleet.runs.start({ type: 'change', sims, to: 'suspended' }, { id: 'bench', onOutcome });
else {
  const { change } = fleet.provider('emea').capabilities.simsPerCall;
  const chunks = Array.from({ length: Math.ceil(sims.length / change) }, (_, index) =>
    sims.slice(index * change, (index + 1) * change),
  );
  const worker = async () => {
    for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) {
      const outcomes = await fleet.lifecycle.change({ sims: chunk, to: 'suspended' });
      told += outcomes.length;
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
}
const seconds = (performance.now() - started) / 1000;
await fleet.close();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ count: told, seconds, addedMb: Math.max(0, most - before) }));
