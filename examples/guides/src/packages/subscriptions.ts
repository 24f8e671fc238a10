import { subscriptions } from '@carrierkit/adapter-subscriptions';

// The sandbox, as `npx carrierkit sandbox` starts it; left out, the vendor is called.
const [baseUrl = 'http://127.0.0.1:4010/subscriptions'] = process.argv.slice(2);

const provider = subscriptions({
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  baseUrl,
})({ id: 'staff' });

const [sim] = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 1 });
if (sim === undefined) throw new Error('no active SIM');

const [outcome] = await provider.lifecycle.change({ sims: [sim], to: 'suspended' });
if (outcome?.status === 'accepted') console.log(await provider.lifecycle.confirm([outcome.pending]));

await provider.close();
