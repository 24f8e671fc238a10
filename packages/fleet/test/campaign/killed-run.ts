import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createFleet, type Job, type RunOutcome } from '../../src/index.js';
import { adapters, type Vendors } from '../support/vendors.js';
import type { Random } from './random.js';

const child = fileURLToPath(new URL('./run-child.mjs', import.meta.url));

export interface KilledRun {
  readonly outcomes: readonly RunOutcome[];
  readonly kills: number;
}

/** A run whose process is killed at instants of chance, some times, and gone on with until it is done. */
export async function killedRun(vendors: Vendors, random: Random, job: Job, deaths: number): Promise<KilledRun> {
  const config = await vendors.config();
  const jobFile = join(dirname(config), 'job.json');
  await writeFile(jobFile, JSON.stringify(job));
  let kills = 0;
  for (let death = 0; death < deaths; death++) {
    // From the taking in of the inputs to the last calls: 20 to 2,000 ms, as many short lives as long ones.
    if (!(await lived(config, jobFile, Math.floor(20 * 100 ** random.next())))) kills += 1;
  }
  if (!(await lived(config, jobFile, null))) throw new Error('the last process did not finish the run');
  const fleet = await createFleet(config, { adapters });
  const outcomes: RunOutcome[] = [];
  for await (const outcome of fleet.runs.outcomes('killed')) outcomes.push(outcome);
  const [report] = await fleet.runs.list();
  await fleet.close();
  if (report?.finished !== true) throw new Error('the run is not finished');
  return { outcomes: outcomes.sort((a, b) => a.item - b.item), kills };
}

/** Runs a process, kills it so long after it has begun (`null`: never), and tells whether it came to its end. */
async function lived(config: string, jobFile: string, killAfterMs: number | null): Promise<boolean> {
  const running = spawn(process.execPath, [child, config, 'killed', jobFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(running, 'exit');
  for await (const line of createInterface(running.stdout)) {
    if (line !== 'begun' || killAfterMs === null) continue;
    await pause(killAfterMs);
    running.kill('SIGKILL');
  }
  const [code] = (await ended) as [number | null];
  if (code !== null && code !== 0) throw new Error(`the process ended with ${code}`);
  return code === 0;
}
