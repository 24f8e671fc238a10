import { open } from 'node:fs/promises';
import { createFleet } from '@carrierkit/fleet';

const [file = 'sims.txt', runId = 'winter-pause'] = process.argv.slice(2);
await using fleet = await createFleet('carrierkit.config.yaml');

// Lines are checked as they are read: a damaged ICCID becomes a problem of the plan, never a call.
async function* lines() {
  yield* (await open(file)).readLines();
}
const job = () => ({ type: 'change', sims: lines(), to: 'suspended' }) as const;

const { items, problems, calls, billing } = await fleet.runs.plan(job());
console.log(`${items} SIMs in`, calls, billing);
for (const { message } of problems) console.log('problem:', message);

// Every call is written down before it is made: killed at any instant, the run goes on with `resume`.
const known = (await fleet.runs.list()).some((run) => run.runId === runId);
const report = known
  ? await fleet.runs.resume(runId)
  : await fleet.runs.start(job(), { id: runId, stopAfterFailures: 100 });
console.log(report.finished ? 'finished' : 'stopped', report.counts);
