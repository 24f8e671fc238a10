// One run in a process of its own, over the built packages: begun, or gone on with where the last process was killed.
// node run-child.mjs <config file> <run id> <job file>
import { readFileSync } from 'node:fs';
import { adapter as emnify } from '@carrierkit/adapter-emnify';
import { adapter as subscriptions } from '@carrierkit/adapter-subscriptions';
import { adapter as truphone } from '@carrierkit/adapter-truphone';
import { createFleet } from '@carrierkit/fleet';

const [config, runId, jobFile] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobFile, 'utf8'));
const fleet = await createFleet(config, { adapters: [truphone, emnify, subscriptions] });
console.log('begun');
const begun = (await fleet.runs.list()).some((run) => run.runId === runId);
const report = begun ? await fleet.runs.resume(runId) : await fleet.runs.start(job, { id: runId });
await fleet.close();
console.log(JSON.stringify(report));
