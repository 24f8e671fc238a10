import { inputError } from '@carrierkit/core';

/** A file that cannot be read or written is the user's to mend; the path is theirs too. `null` for any other error. */
export function systemError(thrown: unknown): Error | null {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('path' in thrown) || !('code' in thrown)) return null;
  return inputError(String(thrown.path), `cannot ${String(thrown.syscall)} it (${String(thrown.code)})`);
}
