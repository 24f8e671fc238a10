import assert from 'node:assert';
import { subscriptions } from '@carrierkit/adapter-subscriptions';
import { withVendor } from './vendor.mjs';

const vendor = {
  'POST /auth/realms/enterprise-apis/protocol/openid-connect/token': {
    access_token: 'token',
    token_type: 'Bearer',
    expires_in: 3600,
  },
  'GET /enterprise/subscriptions': { items: [], next: null },
};

const sims = await withVendor(vendor, async (baseUrl) => {
  const provider = subscriptions({ clientId: 'me', clientSecret: 'secret', baseUrl })({ id: 'staff' });
  const listed = await provider.inventory.list().toArray({ limit: 10 });
  await provider.close();
  return listed;
});
assert.deepEqual(sims, []);
