import { emnify } from '@carrierkit/adapter-emnify';

// The sandbox, as `npx carrierkit sandbox` starts it; left out, the vendor is called.
const [baseUrl = 'http://127.0.0.1:4010/emnify', code = '5201000000000017'] = process.argv.slice(2);

const provider = emnify({ applicationToken: 'sandbox-application-token', baseUrl })({ id: 'iot' });

const { registrable, quantity, reason } = (await provider.inventory.batches?.validate({ code })) ?? {};
console.log(registrable ? `${quantity} SIMs can be registered` : reason);

const [boxed] = await provider.inventory.list({ states: ['inventory'] }).toArray({ limit: 1 });
if (boxed === undefined) throw new Error('no SIM in its box');
for (const to of ['suspended', 'active'] as const) {
  const [outcome] = await provider.lifecycle.change({ sims: [boxed], to });
  console.log(to, outcome?.status, outcome && 'error' in outcome ? outcome.error.message : '');
}

await provider.close();
