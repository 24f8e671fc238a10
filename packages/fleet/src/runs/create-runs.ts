import { setTimeout as pause } from 'node:timers/promises';
import { ConnectivityError, inputError } from '@carrierkit/core';
import type { FleetOptions } from '../options.js';
import type { Scope } from '../ports/scope.js';
import { confirmed } from './confirm-run.js';
import { readJob } from './intake/inputs.js';
import { assertJob } from './intake/job-head.js';
import { planRun } from './intake/plan-run.js';
import { takeInAll } from './intake/take-in-all.js';
import {
  isComplete,
  journalledOutcomes,
  journalOn,
  type RunState,
  readJournal,
  surveyJournal,
} from './journal/journal.js';
import { carryOut } from './lanes/carry-out.js';
import type { RunningJob } from './lanes/running-job.js';
import { assertRunId } from './run-errors.js';
import { ProgressMeter } from './run-progress.js';
import type { Job, RunOptions, RunOutcome, RunReport, Runs } from './runs.js';
import type { HeldRun, RunStore } from './store/run-store.js';
import { withWork } from './work/with-work.js';

type ConfirmOptions = NonNullable<Parameters<Runs['confirm']>[1]>;

export function createRuns(
  scope: Scope,
  store: RunStore,
  { clock = Date.now, random = Math.random, sleep = realSleep }: Pick<FleetOptions, 'clock' | 'random' | 'sleep'>,
): Runs {
  return {
    async plan(job, options = {}) {
      assertJob(job);
      return planRun(scope, job, options);
    },

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
        const state = await surveyJournal(runId, store.journal(runId));
        if (state) reports.push(reportOf(runId, state));
      }
      return reports;
    },

    async confirm(runId, options = {}) {
      const held = await store.hold(runId, { create: false });
      return releasing(held, () => confirmHeld(runId, held, options));
    },

    outcomes: (runId) => journalledOutcomes(runId, () => store.journal(runId)),
  };

  async function confirmHeld(runId: string, held: HeldRun, options: ConfirmOptions): Promise<RunReport> {
    const state = await readJournal(runId, held.journal());
    if (!state) throw inputError('runId', `run '${runId}' ended before its input was complete: nothing was sent`);
    const journal = journalOn(state, (line) => held.append(line), clock);
    const accepted: RunOutcome[] = [];
    for await (const outcome of journalledOutcomes(runId, () => held.journal()))
      if (outcome.status === 'accepted') accepted.push(outcome);
    const found = await confirmed(scope, accepted, { priority: 'bulk', ...options });
    // A read that failed says nothing about the change: that stays accepted, and can be asked about again.
    const settled = found.filter(({ status }) => status === 'applied' || status === 'failed');
    if (settled.length > 0) await journal.confirm(settled);
    for (const outcome of found) options.onOutcome?.(outcome);
    return reportOf(runId, state);
  }

  async function goOn(runId: string, held: HeldRun, options: RunOptions): Promise<RunReport> {
    const state = await readJournal(runId, held.journal());
    if (!state) {
      await held.deleteInputs();
      throw inputError('runId', `run '${runId}' ended before its input was complete: nothing was sent; start it again`);
    }
    const journal = journalOn(state, (line) => held.append(line), clock);
    const outages = isComplete(state) ? {} : await carryOn({ runId, held, journal, options });
    if (isComplete(state)) {
      // In this order: a run that says it is finished has nothing private left.
      await held.deleteInputs();
      if (!state.ended) await journal.end();
    }
    return { ...reportOf(runId, state), outages };
  }

  async function carryOn(
    run: Pick<RunningJob<never>, 'runId' | 'held' | 'journal' | 'options'>,
  ): Promise<RunReport['outages']> {
    const providers = Object.keys(run.journal.state.providers).map((id) => scope.team.get(id));
    const head = await readJob(run.held.inputs());
    if (!head) {
      const message = `the inputs of run '${run.runId}' are gone; its outcomes so far can be read`;
      throw new ConnectivityError('contract', message);
    }
    const text = head.type === 'send' ? head.text : null;
    const meter = new ProgressMeter(
      () => run.journal.state,
      clock,
      (progress) => run.options.onProgress?.(progress),
    );
    const rest = { ...run, text, meter, sleep, clock };
    return withWork(scope, head, (work) => carryOut({ ...rest, work }, providers));
  }
}

async function releasing<R>(held: HeldRun, use: () => Promise<R>): Promise<R> {
  try {
    return await use();
  } finally {
    await held.release();
  }
}

function reportOf(runId: string, { counts, ended }: Pick<RunState, 'counts' | 'ended'>): RunReport {
  return { runId, counts, finished: ended, outages: {} };
}

function assertStartable(job: Job): void {
  assertJob(job);
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

async function realSleep(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(ms, undefined, { ...(signal && { signal }) }).catch(() => {});
}
