import { inTurns, measured } from './support/processes.mjs';

const core = '@carrierkit/core';
const adapters = ['@carrierkit/adapter-truphone', '@carrierkit/adapter-emnify', '@carrierkit/adapter-subscriptions'];

/** What a program pays before its first line: loading, in a process of its own each time. */
export async function imports({ rounds = 15 } = {}) {
  const ways = [['zod'], [core], ...adapters.map((adapter) => [core, adapter])];
  const ms = await inTurns(rounds, ways, async (names) => (await measured('import-client.mjs', ...names)).ms);
  const [zod, ...ours] = [...ms.values()];
  return [
    { what: `import of ${core}`, ratio: ours[0] / 30, rival: `30 ms (it took ${ours[0].toFixed(0)} ms)`, atMost: 1 },
    ...ways.slice(1).map((names, index) => ({
      what: `import of ${names.join(' and ')}`,
      ratio: ours[index] / zod,
      rival: `\`import('zod')\` (${ours[index].toFixed(0)} ms and ${zod.toFixed(0)} ms here)`,
      ...(index > 0 && { atMost: 1.3 }),
    })),
  ];
}
