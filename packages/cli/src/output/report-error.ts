import type { ErrorInfo } from '@carrierkit/core';
import type { Sink } from '../world.js';
import { doctorHint, remedyOf } from './remedy.js';
import { type Colors, printable } from './table.js';

/** One line of JSON for programs; for people the message, what it is about, and what can be done. */
export async function reportError(error: ErrorInfo, err: Sink, isJson: boolean, colors: Colors): Promise<void> {
  if (isJson) return err.write(`${JSON.stringify({ error })}\n`);
  const failures: readonly ErrorInfo[] = isPartial(error) ? error.details.failures : [error];
  for (const failure of failures) {
    const about =
      failure.provider === null || failure.message.includes(failure.provider) ? '' : `${failure.provider}: `;
    await err.write(`${colors.red('error:')} ${about}${printable(failure.message)}\n`);
    const remedy = [remedyOf(failure), doctorHint(failure)].filter((text) => text !== null).join(' ');
    if (remedy !== '') await err.write(`${colors.dim(remedy)}\n`);
  }
}

export async function reportWarnings(
  warnings: readonly string[],
  err: Sink,
  isJson: boolean,
  colors: Colors,
): Promise<void> {
  for (const message of warnings) {
    const line = isJson
      ? JSON.stringify({ warning: { message } })
      : `${colors.yellow('warning:')} ${printable(message)}`;
    await err.write(`${line}\n`);
  }
}

function isPartial(error: ErrorInfo): error is ErrorInfo<'partial'> {
  return error.kind === 'partial';
}
