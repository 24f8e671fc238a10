import { inputError } from '@carrierkit/core';
import type { RunOutcome, RunReport } from '@carrierkit/fleet';
import type { Command } from 'commander';
import { limitOptions, type RunFlags, runLimits } from '../input/run-options.js';
import type { View } from '../output/view.js';
import { confirmRun } from '../shell/confirm-run.js';
import { assertConsent } from '../shell/consent.js';
import { progressText, warnOfOutages } from '../shell/run-progress.js';
import type { Session } from '../shell/session.js';
import type { Shell } from '../shell/shell.js';
import { showResult } from '../shell/write-result.js';

const runView: View<RunReport> = [
  { name: 'runId', value: ({ runId }) => runId, whole: true },
  { name: 'finished', value: ({ finished }) => finished, tone: ({ finished }) => (finished ? 'good' : 'warning') },
  { name: 'applied', right: true, value: ({ counts }) => counts.applied },
  { name: 'unchanged', right: true, value: ({ counts }) => counts.unchanged },
  { name: 'accepted', right: true, value: ({ counts }) => counts.accepted },
  { name: 'failed', right: true, value: ({ counts }) => counts.failed },
  { name: 'unknown', right: true, value: ({ counts }) => counts.unknown },
];

/** `carrierkit runs`: bulk writes that survive a crash. */
export function runsCommand(program: Command, shell: Shell): void {
  const runs = program
    .command('runs')
    .description('bulk writes: which there were, what became of them, going on with one');
  runs
    .command('list')
    .description('all runs, finished or not')
    .action((_: unknown, command: Command) =>
      shell.perform(command, [], async (session) => {
        const fleet = await session.fleet();
        await session.output.list(await fleet.runs.list(), runView);
        return 0;
      }),
    );
  runs
    .command('show')
    .description('what became of the items of a run so far; with --wait, of what was only accepted then')
    .argument('<id>')
    .action((runId: string, _: unknown, command: Command) =>
      shell.perform(command, ['wait'], async (session) => {
        const { finished } = await find(session, runId);
        await showResult(session, { runId, finished, outcomes: await lastOutcomes(session, runId) });
        return 0;
      }),
    );
  limitOptions(runs.command('resume'))
    .description('go on with a run that was interrupted; nothing is done twice')
    .argument('<id>')
    .action((runId: string, flags: RunFlags, command: Command) =>
      shell.perform(command, ['wait'], async (session) => {
        const limits = runLimits(flags);
        await find(session, runId);
        await assertConsent(session, async () => `Go on with run ${runId}?`);
        const fleet = await session.fleet();
        const report = await fleet.runs.resume(runId, {
          ...limits,
          signal: session.world.signal,
          onProgress: (told) => session.progress.show(progressText(runId, told)),
        });
        warnOfOutages(session, runId, report);
        const { finished } = report;
        return showResult(session, { runId, finished, outcomes: await lastOutcomes(session, runId) });
      }),
    );
}

async function find(session: Session, runId: string): Promise<RunReport> {
  const { runs } = await session.fleet();
  const found = (await runs.list()).find((run) => run.runId === runId);
  if (found) return found;
  throw inputError('ID', `there is no run '${runId}'; 'carrierkit runs list' tells which there are`);
}

/** With `--wait` as the vendors tell now, also what they cannot tell; that the run does not keep. */
async function lastOutcomes(session: Session, runId: string): Promise<readonly RunOutcome[]> {
  const { runs } = await session.fleet();
  const asked = new Map<number, RunOutcome>();
  await confirmRun(session, runId, (outcome) => asked.set(outcome.item, outcome));
  const outcomes: RunOutcome[] = [];
  for await (const outcome of runs.outcomes(runId)) outcomes.push(asked.get(outcome.item) ?? outcome);
  return outcomes.sort((a, b) => a.item - b.item);
}
