import type { RunOutcome } from '@carrierkit/fleet';
import type { Session } from './session.js';

/** With `--wait`: asks what became of changes and orders that were only accepted; the run keeps the answers. */
export async function confirmRun(
  session: Session,
  runId: string,
  onOutcome: (outcome: RunOutcome) => void,
): Promise<void> {
  const { wait } = session.globals;
  if (wait === null || session.world.signal.aborted) return;
  const { runs } = await session.fleet();
  session.progress.show(`waiting for what run ${runId} had accepted`);
  const { signal } = session.world;
  await runs.confirm(runId, { signal, onOutcome, ...(wait !== true && { deadlineMs: wait }) });
}
