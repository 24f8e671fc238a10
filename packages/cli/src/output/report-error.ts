import type { ErrorInfo } from '@carrierkit/core';
import type { Sink } from '../world.js';
import { type Colors, printable } from './table.js';

/** One line of JSON for programs; for people the message, what it is about, and what can be done. */
export async function reportError(error: ErrorInfo, err: Sink, isJson: boolean, colors: Colors): Promise<void> {
  if (isJson) return err.write(`${JSON.stringify({ error })}\n`);
  const failures: readonly ErrorInfo[] = isPartial(error) ? error.details.failures : [error];
  for (const failure of failures) {
    const about =
      failure.provider === null || failure.message.includes(failure.provider) ? '' : `${failure.provider}: `;
    await err.write(`${colors.red('error:')} ${about}${printable(failure.message)}\n`);
    const remedy = remedyOf(failure);
    if (remedy !== null) await err.write(`${colors.dim(remedy)}\n`);
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

function remedyOf({ kind, provider, details }: ErrorInfo): string | null {
  switch (kind) {
    case 'authentication':
      return `Check the credentials of provider '${provider}' in the config; 'carrierkit doctor' tries them.`;
    case 'unavailable':
    case 'timeout':
      return provider === null
        ? null
        : `Check the network and the baseUrl of provider '${provider}', or try again later.`;
    case 'damaged-identifier': {
      const { candidates } = details as ErrorInfo<'damaged-identifier'>['details'];
      return candidates.length === 0 ? null : `It may have been ${candidates.join(' or ')} (? = a lost digit).`;
    }
    default:
      return null;
  }
}
