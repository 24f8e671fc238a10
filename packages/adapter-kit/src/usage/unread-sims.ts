import { ConnectivityError, type ErrorInfo, type ErrorKind, type ProviderId } from '@carrierkit/core';

/** Why the usage of one SIM could not be read. */
export type SimFailure = ErrorInfo<Exclude<ErrorKind, 'partial'>>;

/** What may be wrong with one SIM alone; anything else would meet the next one too. */
const ofOneSim: ReadonlySet<ErrorKind> = new Set(['not-found', 'conflict', 'contract', 'input']);

/**
 * The failure of one SIM, to be told when the others are read: what is missing is no zero. `iccid` is put before the vendor's words, where they may not name the SIM.
 * @throws the error itself where it is not one SIM's: the next SIM would fail in the same way
 */
export function simFailure(error: unknown, iccid?: string): SimFailure {
  if (!ConnectivityError.is(error) || error.kind === 'partial' || !ofOneSim.has(error.kind)) throw error;
  const failure: SimFailure = error.toJSON();
  return iccid === undefined ? failure : { ...failure, message: `SIM ${iccid}: ${failure.message}` };
}

/** How a list of usage ends after the records of all SIMs that could be read. */
export function partialUsage(provider: ProviderId, failures: readonly SimFailure[]): ConnectivityError<'partial'> {
  const sims = `${failures.length} SIM${failures.length === 1 ? '' : 's'}`;
  const message = `the usage of ${sims} could not be read; the others are complete`;
  return new ConnectivityError('partial', message, { provider, details: { failures } });
}
