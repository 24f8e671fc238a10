import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { subscriptions } from '../src/index.js';
import { clientId, clientSecret } from './support.js';

const SUBSCRIPTIONS = 50_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const liveBytes = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** The built sandbox in a process of its own, so that its memory is not counted. */
async function startVendor() {
  const script = `import { createSandbox } from '@carrierkit/sandbox';
    const { baseUrl } = await createSandbox({ sims: ${3 * SUBSCRIPTIONS}, days: 1, limits: false });
    console.log(baseUrl);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { baseUrl: line.toString().trim(), stop: () => child.kill() };
}

test(`${SUBSCRIPTIONS} subscriptions list in flat memory`, { timeout: 120_000 }, async () => {
  const { baseUrl, stop } = await startVendor();
  try {
    let now = Date.now();
    const provider = subscriptions({ clientId, clientSecret, baseUrl: `${baseUrl}/subscriptions` })({
      id: 'staff',
      clock: () => now,
      // Our own limits are waited for on a clock of the test's.
      sleep: async (ms) => {
        now += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
    const before = liveBytes();
    let count = 0;
    let most = 0;
    for await (const { ref } of provider.inventory.list()) {
      expect(ref).toBeTruthy();
      count += 1;
      if (count % 5_000 === 0) most = Math.max(most, liveBytes() - before);
    }
    await provider.close();
    expect(count).toBe(SUBSCRIPTIONS);
    expect(most).toBeLessThan(50_000_000);
  } finally {
    stop();
  }
});
