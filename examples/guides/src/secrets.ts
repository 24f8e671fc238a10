import { readFile } from 'node:fs/promises';
import { emnify } from '@carrierkit/adapter-emnify';
import { createFleet } from '@carrierkit/fleet';

const [tokenFile = '/run/secrets/emnify-token', baseUrl] = process.argv.slice(2);

await using fleet = await createFleet({
  providers: {
    // Asked when signing in, and once more after a refusal: a rotated secret is picked up without a restart.
    audit: emnify({
      applicationToken: async () => (await readFile(tokenFile, 'utf8')).trim(),
      readOnly: true,
      ...(baseUrl !== undefined && { baseUrl }),
    }),
  },
});

const [sim] = await fleet.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
if (sim === undefined) throw new Error('no active SIM');

// A process that only reports cannot change anything, whatever it is talked into.
const [refused] = await fleet.lifecycle.change({ sims: [sim], to: 'suspended' });
console.log(refused?.status === 'failed' && refused.error.kind); // permission
