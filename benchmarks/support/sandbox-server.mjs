// The sandbox in a process of its own, with the vendors' real limits. node support/sandbox-server.mjs <sims> [no-limits]
import { createSandbox } from '@carrierkit/sandbox';

const sandbox = await createSandbox({
  sims: Number(process.argv[2]),
  days: 1,
  limits: process.argv[3] !== 'no-limits',
});
console.log(sandbox.baseUrl);
