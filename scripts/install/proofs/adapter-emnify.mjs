import assert from 'node:assert';
import { emnify } from '@carrierkit/adapter-emnify';
import { withVendor } from './vendor.mjs';

const now = Math.floor(Date.now() / 1000);
const claims = Buffer.from(JSON.stringify({ iat: now, exp: now + 3600 })).toString('base64url');
const vendor = { 'POST /api/v1/authenticate': { auth_token: `e30.${claims}.x` }, 'GET /api/v1/sim': [] };

const sims = await withVendor(vendor, async (baseUrl) => {
  const provider = emnify({ applicationToken: 'secret', baseUrl })({ id: 'iot' });
  const listed = await provider.inventory.list().toArray({ limit: 10 });
  await provider.close();
  return listed;
});
assert.deepEqual(sims, []);
