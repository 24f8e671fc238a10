import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { adapter as emnify } from '@carrierkit/adapter-emnify';
import { adapter as subscriptions } from '@carrierkit/adapter-subscriptions';
import { adapter as truphone } from '@carrierkit/adapter-truphone';
import { afterAll, expect, test } from 'vitest';
import { createFleet } from '../src/index.js';

const SIMS = 100_000;
const MOST_BYTES = 100_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const liveBytes = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

let vendors: ChildProcess | null = null;
afterAll(() => vendors?.kill());

/** The sandbox in a process of its own (built), so that its memory is not counted. */
async function startVendors(): Promise<string> {
  const command = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
  vendors = spawn(process.execPath, [
    command,
    'sandbox',
    '--port',
    '0',
    '--sims',
    String(SIMS),
    '--days',
    '1',
    '--no-limits',
  ]);
  const [line] = (await once(vendors.stdout!, 'data')) as [Buffer];
  return (JSON.parse(line.toString()) as { readonly baseUrl: string }).baseUrl;
}

test(`${SIMS} SIMs of three vendors list in pages of 500 in flat memory`, { timeout: 120_000 }, async () => {
  const baseUrl = await startVendors();
  let now = Date.now();
  await using fleet = await createFleet(
    {
      providers: {
        emea: {
          adapter: 'truphone',
          token: '0123456789abcdef0123456789abcdef01234567',
          baseUrl: `${baseUrl}/truphone`,
        },
        iot: { adapter: 'emnify', applicationToken: 'sandbox-application-token', baseUrl: `${baseUrl}/emnify` },
        staff: {
          adapter: 'subscriptions',
          clientId: 'sandbox-client',
          clientSecret: 'sandbox-secret',
          baseUrl: `${baseUrl}/subscriptions`,
        },
      },
    },
    {
      adapters: [truphone, emnify, subscriptions],
      clock: () => now,
      // Our own limits are waited for on a clock of the test's.
      sleep: async (ms) => {
        now += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
  );
  const before = liveBytes();
  const seen = new Set<string>();
  let count = 0;
  let most = 0;
  for await (const { items } of fleet.inventory.list().pages({ size: 500 })) {
    expect(items.length).toBeLessThanOrEqual(500);
    count += items.length;
    if (count % 10_000 < 500) most = Math.max(most, liveBytes() - before);
    seen.add(items[0]?.provider ?? '');
  }
  expect(count).toBe(SIMS);
  expect([...seen].sort()).toEqual(['emea', 'iot', 'staff']);
  expect(most).toBeLessThan(MOST_BYTES);
});
