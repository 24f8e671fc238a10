import type { ErrorInfo } from '@carrierkit/core';
import type { Job, RunOutcome, RunPlan } from '@carrierkit/fleet';
import type { RunLimits } from '../input/run-options.js';
import type { View } from '../output/view.js';
import type { AnyOutcome } from '../views/outcome-view.js';
import { planView } from '../views/plan-view.js';
import { confirmRun } from './confirm-run.js';
import { assertConsent } from './consent.js';
import type { ExitCode } from './exit-code.js';
import { progressText, warnOfOutages } from './run-progress.js';
import type { Session } from './session.js';
import { showResult } from './write-result.js';

/** A bulk write as the command line carries it out. */
export interface RunCommand {
  /** A fresh job each time: looking ahead reads the items too. */
  readonly job: () => Job;
  /** Where the user finds an item: `sims.txt line 14`. */
  readonly placeOf: (item: number) => string;
  /** `Set 5 SIMs to active?`, asked where `--yes` is missing. */
  readonly question: (plan: RunPlan) => string;
  /** Left out: made from the time. */
  readonly runId?: string;
  readonly limits?: RunLimits;
  readonly view?: View<AnyOutcome>;
}

/** Plans, asks and runs, as the global options say. */
export async function runJob(
  session: Session,
  { job, question, placeOf, runId = newRunId(session.world.now()), limits = {}, view }: RunCommand,
): Promise<ExitCode> {
  const { globals, world, progress } = session;
  const { signal } = world;
  const plan = async () => {
    const { runs } = await session.fleet();
    progress.show('looking ahead');
    const plan = await runs.plan(job(), { signal });
    return { ...plan, problems: plan.problems.map((error) => placed(error, placeOf)) };
  };
  if (globals.dryRun) return showPlan(session, await plan());
  await assertConsent(session, async () => withFacts(question, await plan()));
  const { runs } = await session.fleet();
  const outcomes = new Map<number, RunOutcome>();
  const problems: ErrorInfo[] = [];
  const onOutcome = (outcome: RunOutcome) => outcomes.set(outcome.item, outcome);
  progress.show(`run ${runId}`);
  const report = await runs.start(job(), {
    ...limits,
    id: runId,
    signal,
    onProblem: ({ error }) => {
      problems.push(placed(error, placeOf));
      tellProblem(session, problems);
    },
    onOutcome,
    onProgress: (told) => progress.show(progressText(runId, told)),
  });
  warnOfOutages(session, runId, report);
  await confirmRun(session, runId, onOutcome);
  const all = [...outcomes.values()].sort((a, b) => a.item - b.item).map((outcome) => placedOutcome(outcome, placeOf));
  return showResult(session, { runId, finished: report.finished, outcomes: all }, view);
}

/** More are not read; the result lists all of them. */
const MOST_TOLD = 20;

/** What cannot be done is said before anything is done: the user may still stop it. */
function tellProblem(session: Session, problems: readonly ErrorInfo[]): void {
  if (problems.length <= MOST_TOLD) void session.tell(`left out: ${problems.at(-1)!.message}`);
  else if (problems.length === MOST_TOLD + 1) void session.tell('more are left out; the result lists them');
}

/** The library counts items; the user has lines of a file. */
function placed(error: ErrorInfo, placeOf: RunCommand['placeOf']): ErrorInfo {
  const message = error.message.replace(/items\[(\d+)\](?:\.([\w.]+))?/g, (_, item: string, member?: string) => {
    return member === undefined ? placeOf(Number(item)) : `${placeOf(Number(item))} (${member})`;
  });
  return { ...error, message };
}

function placedOutcome(outcome: RunOutcome, placeOf: RunCommand['placeOf']): RunOutcome {
  return 'error' in outcome ? { ...outcome, error: placed(outcome.error, placeOf) } : outcome;
}

export async function showPlan({ output, progress }: Session, plan: RunPlan): Promise<ExitCode> {
  progress.clear();
  await output.one(plan, planView);
  if (plan.problems.length === 0 && plan.items > 0) return 0;
  return plan.items > 0 ? 3 : 1;
}

function withFacts(question: (plan: RunPlan) => string, plan: RunPlan): string {
  const { problems, irreversible, billing } = plan;
  const facts = [
    ...(problems.length > 0 ? [`${problems.length} of the input cannot be done`] : []),
    ...(irreversible > 0 ? [`${irreversible} cannot be undone`] : []),
    ...billing,
  ];
  return [question(plan), ...facts.map((fact) => `(${fact})`)].join(' ');
}

/** Sorts by time: `20261125-044512-k3f9qa`. */
function newRunId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const suffix = Math.floor(Math.random() * 36 ** 6).toString(36);
  return `${time}-${suffix.padStart(6, '0')}`;
}
