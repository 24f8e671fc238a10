import { open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inputError } from '@carrierkit/core';
import { isErrno, makePrivateFolder, PRIVATE_FILE } from '../../stores/private-files.js';
import { assertRunId, heldElsewhere, noSuchRun } from '../run-errors.js';
import { appendLog } from './append-log.js';
import { cutTornLine, linesOf, writeLines } from './lines.js';
import { takeLock } from './run-lock.js';
import type { HeldRun, RunStore } from './run-store.js';

/** A folder a run: `inputs.jsonl`, `journal.jsonl` and one small lock file for each time it was held; readable by the owner only. */
export function fileRunStore(folder: string): RunStore {
  const folderOf = (runId: string): string => {
    assertRunId(runId);
    return join(folder, runId);
  };

  async function ids(): Promise<readonly string[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return [];
      throw error;
    }
  }

  async function assertExists(runId: string): Promise<void> {
    const all = await ids();
    if (!all.includes(runId)) throw noSuchRun(runId, all);
  }

  return {
    ids,

    async hold(runId, { create }) {
      const run = folderOf(runId);
      if (create) await makeRunFolder(run);
      else await assertExists(runId);
      const lock = await takeLock(run);
      if ('heldBy' in lock) throw heldElsewhere(runId, lock.heldBy);
      try {
        return await openRun(run, lock.release);
      } catch (error) {
        await lock.release();
        throw error;
      }
    },

    async *journal(runId) {
      await assertExists(runId);
      yield* linesOf(join(folderOf(runId), 'journal.jsonl'));
    },
  };
}

async function openRun(run: string, unlock: () => Promise<void>): Promise<HeldRun> {
  const inputs = join(run, 'inputs.jsonl');
  const journal = join(run, 'journal.jsonl');
  const file = await open(journal, 'a+', PRIVATE_FILE);
  await cutTornLine(file);
  const log = appendLog(file);
  return {
    async writeInputs(lines) {
      await writeLines(inputs, lines);
      // The names of new files are on the disk only when their folder is.
      await syncFolder(run);
      await syncFolder(dirname(run));
    },
    inputs: () => linesOf(inputs),
    async deleteInputs() {
      await rm(inputs, { force: true });
      await syncFolder(run);
    },
    journal: () => linesOf(journal),
    append: (line) => log.append(line),
    async release() {
      try {
        await log.close();
      } finally {
        await unlock();
      }
    },
  };
}

async function makeRunFolder(run: string): Promise<void> {
  try {
    await makePrivateFolder(run);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw inputError('stateDir', `the folder ${run} cannot be made (${code}); choose another stateDir`);
  }
}

/** Not every platform lets a folder be opened; those that do not need no such thing. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
