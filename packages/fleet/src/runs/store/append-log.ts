import type { FileHandle } from 'node:fs/promises';

/** Appends lines to a file; each promise resolves when its line is on the disk. */
export interface AppendLog {
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lines that arrive while the disk is busy share its next turn, so that calls made side by side do not queue for it one by one.
 * After a failed write nothing more is written: half a line may stand at the end, and only a new reader of the file can cut it off.
 */
export function appendLog(file: Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>): AppendLog {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure) throw failure.error;
        await file.appendFile(batch.map(({ line }) => `${line}\n`).join(''));
        await file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        failure ??= { error };
        for (const { reject } of batch) reject(error);
      }
    }
    writing = null;
  }

  return {
    append(line) {
      return new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        writing ??= write();
      });
    },
    async close() {
      await writing;
      await file.close();
    },
  };
}
