import { inputError } from '@carrierkit/core';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be touched: check its permissions',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is a file',
  EROFS: 'the disk is read-only',
};

/** A file that cannot be read or written is the user's to mend; the path is theirs too. `null` for any other error. */
export function systemError(thrown: unknown): Error | null {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return null;
  // Told without a path, for it is found out only when the folder is read.
  if (thrown.code === 'EISDIR') return inputError('', 'a folder was named where a file is expected');
  if (!('path' in thrown)) return null;
  const code = String(thrown.code);
  return inputError(String(thrown.path), REASONS[code] ?? `cannot ${String(thrown.syscall)} it (${code})`);
}
