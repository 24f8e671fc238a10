import { ConnectivityError, type ErrorInfo, inputError, type Provider } from '@carrierkit/core';
import { suggest } from '../suggest.js';

export function heldElsewhere(runId: string, holder: string): ConnectivityError<'conflict'> {
  return new ConnectivityError('conflict', `run '${runId}' is held by ${holder}; wait until it is done, or stop it`);
}

export function noSuchRun(runId: string, ids: readonly string[]): ConnectivityError<'input'> {
  return inputError('runId', `there is no run '${runId}'.${suggest(runId, ids)}`);
}

const RUN_ID = /^[a-z0-9][\w.-]{0,99}$/i;

/** Run ids are folder names. */
export function assertRunId(runId: string): void {
  if (typeof runId === 'string' && RUN_ID.test(runId)) return;
  throw inputError(
    'runId',
    'has to begin with a letter or digit and to hold at most 100 letters, digits, dots, - and _',
  );
}

/** The error of an item whose call was cut off by the end of the process. */
export function cutOff(provider: Provider, what: string): ErrorInfo {
  const message = `the process ended during the call, and ${what}; it is not sent again`;
  return new ConnectivityError('cancelled', message, { provider: provider.id, effect: 'unknown' }).toJSON();
}
