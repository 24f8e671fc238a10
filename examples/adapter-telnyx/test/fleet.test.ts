import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFleet } from '@carrierkit/fleet';
import { expect, it } from 'vitest';
import { adapter } from '../src/index.js';
import { worldFor } from './support.js';
import { apiKey } from './vendor/telnyx-server.js';

const world = await worldFor();

it('is a provider of a fleet by config, like any other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carrierkit-'));
  try {
    const file = join(folder, 'carrierkit.config.yaml');
    await writeFile(
      file,
      `providers: { us: { adapter: telnyx, apiKey: ${apiKey}, baseUrl: "${world.server.baseUrl}" } }\n`,
    );
    await using fleet = await createFleet(file, { adapters: [adapter] });
    const sims = await fleet.inventory.list({ states: ['active'] }).toArray({ limit: 100 });
    expect(sims.map(({ iccid }) => iccid)).toEqual(world.inStatus('enabled'));
    expect(sims.every(({ provider }) => provider === 'us')).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('names a wrong setting', () => {
  expect(() => adapter.fromConfig({ apikey: 'x', suspendAs: 'sleep' })).toThrow(
    /telnyx settings: apikey: is not a known key; did you mean 'apiKey'\?; apiKey: is missing.*suspendAs: expected one of/,
  );
});
