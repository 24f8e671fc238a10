import { ConnectivityError, type ErrorInfo, inputError, type Order, type Provider } from '@carrierkit/core';
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

/** The error of an item whose call was begun by a process that ended, and cannot be found out. */
export function cutOff(provider: Provider, what: string): ErrorInfo {
  const message = `the process ended before the answer to the call was known, and ${what}; it is not sent again`;
  return new ConnectivityError('cancelled', message, { provider: provider.id, effect: 'unknown' }).toJSON();
}

/** The error of an item that was sent by a process that ended, did not happen, and cannot be brought to happen. */
export function notTaken(provider: Provider): ErrorInfo {
  const message = 'was sent several times, and the vendor answered none of them';
  return new ConnectivityError('unavailable', message, { provider: provider.id, effect: 'none' }).toJSON();
}

/** The error of an order that the vendor has not carried out and will not. */
export function gaveUp({ provider, id }: Order): ErrorInfo {
  return new ConnectivityError('conflict', `the vendor gave order ${id} up`, { provider }).toJSON();
}
