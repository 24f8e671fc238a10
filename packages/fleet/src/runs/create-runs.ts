import { ConnectivityError, inputError, type ProviderId } from '@carrierkit/core';
import type { Scope } from '../ports/scope.js';
import { inputLine, jobLine, readJob } from './inputs.js';
import { takeIn } from './intake.js';
import { headOf, itemsOf, type JobHead } from './job-head.js';
import { firstLine, journalledOutcomes, journalOn, type RunState, readJournal } from './journal.js';
import { brakeFor, doBroken, doLane, type Job as LaneJob, untilAll } from './lanes.js';
import { planRun } from './plan-run.js';
import { assertRunId } from './run-errors.js';
import type { HeldRun, RunStore } from './run-store.js';
import type { Job, RunOptions, RunReport, Runs } from './runs.js';
import { settleOpenCalls } from './settle.js';
import { withWork } from './with-work.js';
import type { Work } from './work.js';

interface Timing {
  readonly clock?: () => number;
  readonly random?: () => number;
}

export function createRuns(scope: Scope, store: RunStore, { clock = Date.now, random = Math.random }: Timing): Runs {
  return {
    plan: (job, options = {}) => planRun(scope, job, options),

    async start(job, { id, ...options } = {}) {
      assertStartable(job);
      const runId = id ?? newRunId(clock(), random);
      assertRunId(runId);
      const held = await store.hold(runId, { create: true });
      return releasing(held, async () => {
        if (await readJournal(runId, held.journal())) {
          throw new ConnectivityError(
            'conflict',
            `run '${runId}' exists already; resume it, or start one with another id`,
          );
        }
        await takeInAll(scope, job, held, options, clock);
        return goOn(runId, held, options);
      });
    },

    async resume(runId, options = {}) {
      const held = await store.hold(runId, { create: false });
      return releasing(held, () => goOn(runId, held, options));
    },

    async list() {
      const reports: RunReport[] = [];
      for (const runId of await store.ids()) {
        const state = await readJournal(runId, store.journal(runId));
        if (state) reports.push(reportOf(runId, state));
      }
      return reports;
    },

    outcomes: (runId) => journalledOutcomes(runId, store.journal(runId)),
  };

  async function goOn(runId: string, held: HeldRun, options: RunOptions): Promise<RunReport> {
    const state = await readJournal(runId, held.journal());
    if (!state) {
      throw inputError('runId', `run '${runId}' ended before its input was complete: nothing was sent; start it again`);
    }
    if (!state.ended) {
      for (const provider of Object.keys(state.providers)) scope.team.get(provider);
      const head = await readJob(held.inputs());
      if (!head)
        throw new ConnectivityError(
          'contract',
          `the inputs of run '${runId}' are gone; its outcomes so far can be read`,
        );
      await withWork(scope, head, (work) => carryOut(scope, { runId, work, held, options, state, head }, clock));
    }
    if (state.ended) await held.deleteInputs();
    return reportOf(runId, state);
  }
}

interface Standing<I> {
  readonly runId: string;
  readonly work: Work<I>;
  readonly held: HeldRun;
  readonly options: RunOptions;
  readonly state: RunState;
  readonly head: JobHead;
}

/** First what a killed process left open, then every provider side by side. */
async function carryOut<I>(scope: Scope, { state, head, ...rest }: Standing<I>, clock: () => number): Promise<void> {
  const journal = journalOn(state, (line) => rest.held.append(line), clock);
  const job: LaneJob<I> = { ...rest, journal, text: head.type === 'send' ? head.text : null };
  const brake = brakeFor(rest.options);
  await settleOpenCalls(job, scope.team, brake, clock());
  const lanes = Object.keys(state.providers).map((id) => doLane(job, scope.team.get(id), brake));
  await untilAll([doBroken(job, brake), ...lanes], brake);
  if (state.done.every((done) => done === 1)) await journal.end();
}

/** The whole input is on the disk before anything is sent: a generator cannot be read again after a crash. */
async function takeInAll(
  scope: Scope,
  job: Job,
  held: HeldRun,
  options: RunOptions,
  clock: () => number,
): Promise<void> {
  const providers: Record<ProviderId, number> = {};
  let items = 0;
  async function* lines<I>(work: Work<I>): AsyncGenerator<string> {
    yield jobLine(headOf(job));
    for await (const entry of takeIn(work, itemsOf(job), { priority: 'bulk', ...options })) {
      items += 1;
      if (!('error' in entry)) providers[entry.provider.id] = (providers[entry.provider.id] ?? 0) + 1;
      yield inputLine(entry);
    }
  }
  try {
    await withWork(scope, headOf(job), (work) => held.writeInputs(lines(work)));
  } catch (error) {
    await held.deleteInputs();
    throw error;
  }
  await held.append(firstLine(job.type, items, providers, clock()));
}

async function releasing<R>(held: HeldRun, use: () => Promise<R>): Promise<R> {
  try {
    return await use();
  } finally {
    await held.release();
  }
}

function reportOf(runId: string, { counts, ended }: RunState): RunReport {
  return { runId, counts, finished: ended };
}

function assertStartable(job: Job): void {
  if (job.type === 'change' && job.to === 'retired' && !job.irreversible) {
    throw inputError('irreversible', 'a SIM that is retired does not come back; say irreversible: true');
  }
}

/** Sorts by time: `20261125-044512-k3f9qa`. */
function newRunId(now: number, random: () => number): string {
  const [date, time] = new Date(now).toISOString().replace(/[-:]/g, '').split(/[T.]/) as [string, string];
  const suffix = Math.floor(random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0');
  return `${date}-${time}-${suffix}`;
}
