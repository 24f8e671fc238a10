import { readInputs } from '../intake/inputs.js';
import type { Brake } from './brake.js';
import { type RunningJob, record, type Settled } from './running-job.js';

/** So many outcomes without a call share a line of the journal. */
const RECORDED_AT_ONCE = 500;

/** Items that cannot be done have their outcome from the start. */
export async function recordBroken<I>(job: RunningJob<I>, brake: Brake): Promise<void> {
  let batch: Settled[] = [];
  const flush = async (): Promise<void> => {
    const settled = batch;
    batch = [];
    if (settled.length > 0) await record(job, brake, null, settled);
  };
  for await (const line of readInputs<I>(job.held.inputs())) {
    if (brake.stopped) return;
    if (!('outcome' in line) || job.journal.state.done[line.item]) continue;
    batch.push(line);
    if (batch.length >= RECORDED_AT_ONCE) await flush();
  }
  await flush();
}
