import assert from 'node:assert';
import { createSandbox } from '@carrierkit/sandbox';

const sandbox = await createSandbox({ sims: 3, days: 1 });
const answer = await fetch(`${sandbox.baseUrl}/_sandbox/info`);
assert.deepEqual((await answer.json()).baseUrls, sandbox.info.baseUrls);
await sandbox.close();
