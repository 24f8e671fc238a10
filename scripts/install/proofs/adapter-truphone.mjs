import assert from 'node:assert';
import { truphone } from '@carrierkit/adapter-truphone';
import { withVendor } from './vendor.mjs';

const sims = await withVendor({ 'GET /api/v2.2/sims/': [] }, async (baseUrl) => {
  const provider = truphone({ token: 'secret', baseUrl })({ id: 'emea' });
  const listed = await provider.inventory.list().toArray({ limit: 10 });
  await provider.close();
  return listed;
});
assert.deepEqual(sims, []);
