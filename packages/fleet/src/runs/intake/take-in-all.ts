import type { ProviderId } from '@carrierkit/core';
import type { Scope } from '../../ports/scope.js';
import { firstLine } from '../journal/journal.js';
import type { Job, RunOptions } from '../runs.js';
import type { HeldRun } from '../store/run-store.js';
import { withWork } from '../work/with-work.js';
import type { Work } from '../work/work.js';
import { inputLine, jobLine } from './inputs.js';
import { takeIn } from './intake.js';
import { headOf, itemsOf } from './job-head.js';

/** The whole input is on the disk before anything is sent: a generator cannot be read again after a crash. */
export async function takeInAll(
  scope: Scope,
  job: Job,
  held: HeldRun,
  options: RunOptions,
  clock: () => number,
): Promise<void> {
  const { signal, deadlineMs } = options;
  const reading = {
    priority: 'bulk',
    ...(signal && { signal }),
    ...(deadlineMs !== undefined && { deadlineMs }),
  } as const;
  const counts = new Map<ProviderId, number>();
  let items = 0;
  async function* lines<I>(work: Work<I>): AsyncGenerator<string> {
    yield jobLine(headOf(job));
    for await (const entry of takeIn(work, itemsOf(job), reading)) {
      items += 1;
      if ('error' in entry) options.onProblem?.({ item: entry.item, error: entry.error });
      else counts.set(entry.provider.id, (counts.get(entry.provider.id) ?? 0) + 1);
      yield inputLine(entry);
    }
  }
  try {
    await withWork(scope, headOf(job), (work) => held.writeInputs(lines(work)));
  } catch (error) {
    await held.deleteInputs();
    throw error;
  }
  await held.append(firstLine(job.type, items, Object.fromEntries(counts), clock()));
}
