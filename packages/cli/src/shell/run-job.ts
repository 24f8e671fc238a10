import type { Job, RunOutcome, RunPlan } from '@carrierkit/fleet';
import type { RunLimits } from '../input/run-options.js';
import type { View } from '../output/view.js';
import type { AnyOutcome } from '../views/outcome-view.js';
import { planView } from '../views/plan-view.js';
import { assertConsent } from './consent.js';
import type { ExitCode } from './exit-code.js';
import { progressText, warnOfOutages } from './run-progress.js';
import type { Session } from './session.js';
import { waitFor } from './wait-for.js';
import { showResult } from './write-result.js';

/** A bulk write as the command line carries it out. */
export interface RunCommand {
  /** A fresh job each time: looking ahead reads the items too. */
  readonly job: () => Job;
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
  { job, question, runId = newRunId(session.world.now()), limits = {}, view }: RunCommand,
): Promise<ExitCode> {
  const { globals, world, progress } = session;
  const { signal } = world;
  const plan = async () => {
    const { runs } = await session.fleet();
    progress.show('looking ahead');
    return runs.plan(job(), { signal });
  };
  if (globals.dryRun) return showPlan(session, await plan());
  await assertConsent(session, async () => withFacts(question, await plan()));
  const { runs } = await session.fleet();
  const outcomes: RunOutcome[] = [];
  progress.show(`run ${runId}`);
  const report = await runs.start(job(), {
    ...limits,
    id: runId,
    signal,
    onOutcome: (outcome) => outcomes.push(outcome),
    onProgress: (told) => progress.show(progressText(runId, told)),
  });
  warnOfOutages(session, runId, report);
  outcomes.sort((a, b) => a.item - b.item);
  return showResult(session, { runId, finished: report.finished, outcomes: await waitFor(session, outcomes) }, view);
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
