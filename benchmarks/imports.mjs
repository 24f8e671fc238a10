import { inTurns, measured } from './support/processes.mjs';

/** What a program pays before its first line: loading, in a process of its own each time. */
export async function imports({ rounds = 15 } = {}) {
  const ways = [
    'zod',
    '@carrierkit/core',
    '@carrierkit/adapter-truphone',
    '@carrierkit/adapter-emnify',
    '@carrierkit/adapter-subscriptions',
  ];
  const ms = await inTurns(rounds, ways, async (name) => (await measured('import-client.mjs', name)).ms);
  const zod = ms.get('zod');
  return ways.slice(1).map((name) => ({
    what: `import of ${name}`,
    ratio: ms.get(name) / zod,
    rival: `\`import('zod')\` (${ms.get(name).toFixed(0)} ms and ${zod.toFixed(0)} ms here)`,
    atMost: 1.3,
  }));
}
