import { createSandbox } from '@carrierkit/sandbox';

const sandbox = await createSandbox({ sims: 300, seed: 1 });
const { emnify } = sandbox.info.baseUrls; // http://127.0.0.1:<port>/emnify

const signIn = await fetch(`${emnify}/api/v1/authenticate`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ application_token: 'sandbox-application-token' }),
});
const { auth_token } = (await signIn.json()) as { auth_token: string };
const sims = await fetch(`${emnify}/api/v1/sim?per_page=10`, { headers: { Authorization: `Bearer ${auth_token}` } });
console.log(await sims.json(), sims.headers.get('X-Total-Count'));

await sandbox.close();
