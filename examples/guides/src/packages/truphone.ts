import { truphone } from '@carrierkit/adapter-truphone';

// The sandbox, as `npx carrierkit sandbox` starts it; left out, the vendor is called.
const [baseUrl = 'http://127.0.0.1:4010/truphone'] = process.argv.slice(2);

const provider = truphone({ token: '0123456789abcdef0123456789abcdef01234567', baseUrl })({ id: 'emea' });

const sims = await provider.inventory.list({ states: ['active'] }).toArray({ limit: 100 });
const outcomes =
  (await provider.lifecycle.setServices?.({ sims: sims.slice(0, 3), services: { data: 'disabled' } })) ?? [];
const pending = outcomes.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.pending] : []));
for (const { iccid, status } of await provider.lifecycle.confirm(pending)) console.log(iccid, status);

// What no port has stays reachable, typed.
const { data } = await provider.client.listAuditTrailEntries({ per_page: 3 });
console.log(data.length, 'entries of the audit trail');

await provider.close();
