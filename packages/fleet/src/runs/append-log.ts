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

/** Lines that arrive while the disk is busy share its next turn, so that calls made side by side do not queue for it one by one. */
export function appendLog(file: FileHandle): AppendLog {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await file.appendFile(batch.map(({ line }) => `${line}\n`).join(''));
        await file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
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
