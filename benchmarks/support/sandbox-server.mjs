// The sandbox in a process of its own, with the vendors' real limits. node support/sandbox-server.mjs <sims>
import { createSandbox } from '@carrierkit/sandbox';

const sandbox = await createSandbox({ sims: Number(process.argv[2]), days: 40 });
console.log(sandbox.baseUrl);
