import { ConnectivityError, inputError } from '@carrierkit/core';
import type { Session } from './session.js';

/**
 * Before what costs money or changes service. @throws `input` where nobody can be asked and `--yes` is missing, `cancelled` where the
 * answer is no
 */
export async function assertConsent(session: Session, question: () => Promise<string>): Promise<void> {
  const { globals, world, progress } = session;
  if (globals.yes) return;
  if (world.confirm === null)
    throw inputError('--yes', 'is missing: this costs money or changes service, and nobody can be asked');
  const text = await question();
  progress.clear();
  if (!(await world.confirm(text))) throw new ConnectivityError('cancelled', 'nothing was done');
}
