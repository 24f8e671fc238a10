import assert from 'node:assert';
import { writeFileSync } from 'node:fs';
import { createContainer, Ports } from '@carrierkit/fleet';

// A third party's adapter, as a config file names it.
const adapter = `export const adapter = { specVersion: 1, name: 'own', fromConfig: () => ({ id }) => (
  { specVersion: 1, id, adapter: 'own', capabilities: { supports: {} }, inventory: {}, lifecycle: {}, close: async () => {} }
) };`;
writeFileSync('own.mjs', adapter);
writeFileSync('carrierkit.config.yaml', 'providers: { depot: { adapter: ./own.mjs } }');

const container = await createContainer('carrierkit.config.yaml');
assert.equal(container.get(Ports.Provider, { name: 'depot' }).id, 'depot');
await container.get(Ports.Fleet).close();
