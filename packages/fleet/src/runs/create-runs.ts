import { setTimeout as pause } from 'node:timers/promises';
import { ConnectivityError, inputError, type Provider, type ProviderId } from '@carrierkit/core';
import type { Scope } from '../ports/scope.js';
import { confirmed } from './confirm-run.js';
import { inputLine, jobLine, readInputs, readJob } from './intake/inputs.js';
import { takeIn } from './intake/intake.js';
import { assertJob, headOf, itemsOf } from './intake/job-head.js';
import { planRun } from './intake/plan-run.js';
import {
  firstLine,
  isComplete,
  journalledOutcomes,
  journalOn,
  type RunState,
  readJournal,
  surveyJournal,
} from './journal/journal.js';
import { brakeFor, untilAll } from './lanes/brake.js';
import { recordBroken } from './lanes/broken-items.js';
import { doLane, type OpenCalls } from './lanes/lane.js';
import type { RunningJob } from './lanes/running-job.js';
import type { Tried } from './lanes/waiting.js';
import { assertRunId } from './run-errors.js';
import { ProgressMeter } from './run-progress.js';
import type { Job, RunOptions, RunOutcome, RunReport, Runs } from './runs.js';
import type { HeldRun, RunStore } from './store/run-store.js';
import { withWork } from './work/with-work.js';
import type { Work } from './work/work.js';

type ConfirmOptions = NonNullable<Parameters<Runs['confirm']>[1]>;

interface Timing {
  readonly clock?: () => number;
  readonly random?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export function createRuns(
  scope: Scope,
  store: RunStore,
  { clock = Date.now, random = Math.random, sleep = realSleep }: Timing,
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

/** Every provider side by side; each begins with what a killed process left open there. */
async function carryOut<I>(job: RunningJob<I>, providers: readonly Provider[]): Promise<RunReport['outages']> {
  const brake = brakeFor(job.options);
  const open = await openCallsOf(job);
  const lanes = providers.map((provider) => doLane(job, provider, brake, open.get(provider.id) ?? new Map()));
  const [, ...ends] = await untilAll([recordBroken(job, brake).then(() => null), ...lanes], brake);
  return Object.fromEntries(ends.flatMap((outage, index) => (outage ? [[providers[index]!.id, outage] as const] : [])));
}

/** The items of the calls whose answers are not known, by provider. */
async function openCallsOf<I>({ journal, held }: RunningJob<I>): Promise<ReadonlyMap<ProviderId, OpenCalls<I>>> {
  const { open } = journal.state;
  const calls = new Map<ProviderId, Map<number, Tried<I>[]>>();
  if (open.size === 0) return calls;
  const callOf = new Map([...open].flatMap(([call, { unsettled }]) => [...unsettled].map((item) => [item, call])));
  for await (const line of readInputs<I>(held.inputs())) {
    const call = callOf.get(line.item);
    if (call === undefined || !('what' in line)) continue;
    const ofProvider = getOrAdd(calls, line.provider, () => new Map<number, Tried<I>[]>());
    getOrAdd(ofProvider, call, () => []).push({ item: line.item, what: line.what, last: null });
  }
  return calls;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The whole input is on the disk before anything is sent: a generator cannot be read again after a crash. */
async function takeInAll(
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
