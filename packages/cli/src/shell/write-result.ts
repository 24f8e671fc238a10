import { type OutcomeCounts, outcomeCounts } from '@carrierkit/core';
import type { View } from '../output/view.js';
import { type AnyOutcome, outcomeView } from '../views/outcome-view.js';
import { type ExitCode, exitCodeOfCounts } from './exit-code.js';
import type { Session } from './session.js';

/** What a write came to. */
export interface WriteResult {
  /** `null` for writes that are no runs. */
  readonly runId: string | null;
  /** Every item has its outcome. */
  readonly finished: boolean;
  readonly outcomes: readonly AnyOutcome[];
}

/** More are not read by anybody; those that went well are then left out. */
const MOST_SHOWN = 50;

export async function showResult(
  session: Session,
  { runId, finished, outcomes }: WriteResult,
  view: View<AnyOutcome> = outcomeView,
): Promise<ExitCode> {
  const { output, world } = session;
  session.progress.clear();
  const counts = outcomeCounts(outcomes);
  switch (output.format) {
    case 'json':
      await output.one({ runId, finished, counts, outcomes }, []);
      break;
    case 'table': {
      const shown = outcomes.length <= MOST_SHOWN ? outcomes : outcomes.filter(isTrouble).slice(0, MOST_SHOWN);
      await output.list(shown, view);
      await output.text(
        `${shown.length > 0 ? '\n' : ''}${summaryOf(counts)}${runId === null ? '' : ` (run ${runId})`}\n`,
      );
      break;
    }
    default:
      await output.list(outcomes, view);
  }
  if (!finished && world.signal.aborted) return 130;
  return finished ? exitCodeOfCounts(counts) : 3;
}

export function summaryOf(counts: OutcomeCounts): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return told.length === 0 ? 'nothing done' : told.map(([status, count]) => `${count} ${status}`).join(', ');
}

function isTrouble({ status }: AnyOutcome): boolean {
  return status === 'failed' || status === 'unknown';
}
