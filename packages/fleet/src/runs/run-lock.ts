import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isErrno, PRIVATE_FILE, writeAtomically } from '../stores/private-files.js';

/** Who holds a run. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own terms: tells a process from a later one with the same number. `null` where it is not told. */
  readonly began: string | null;
  readonly released: boolean;
}

/** Locks of this process, so that its own earlier incarnation with the same number is not taken for it. */
const held = new Set<string>();

/**
 * Makes one process the holder of a folder. Every holder creates the next of `lock.1`, `lock.2`, … which only one process can do, and the
 * last one stays behind when it is released: a slow process can therefore never create a number that was taken in the meantime.
 * @returns how to release it, or the present holder in words.
 */
export async function takeLock(
  folder: string,
): Promise<{ readonly release: () => Promise<void> } | { readonly heldBy: string }> {
  const { number, holder } = await lastLock(folder);
  if (holder && (await isAlive(holder))) return { heldBy: inWords(holder) };
  const own: Holder = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    began: await beginningOf(process.pid),
    released: false,
  };
  const path = join(folder, `lock.${number + 1}`);
  const draft = join(folder, `lock.${own.token}.tmp`);
  await writeFile(draft, JSON.stringify(own), { mode: PRIVATE_FILE });
  held.add(own.token);
  try {
    await link(draft, path).catch(async (error: unknown) => {
      if (isErrno(error, 'EEXIST')) throw error;
      // A file system without hard links: the lock is then created empty and filled a moment later.
      await writeFile(path, JSON.stringify(own), { mode: PRIVATE_FILE, flag: 'wx' });
    });
  } catch (error) {
    held.delete(own.token);
    if (isErrno(error, 'EEXIST')) return { heldBy: 'another process, which was faster' };
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  if (number > 0) await rm(join(folder, `lock.${number}`), { force: true });
  return {
    async release() {
      await writeAtomically(path, JSON.stringify({ ...own, released: true } satisfies Holder));
      held.delete(own.token);
    },
  };
}

async function lastLock(folder: string): Promise<{ readonly number: number; readonly holder: Holder | null }> {
  const names = await readdir(folder);
  const number = Math.max(0, ...names.map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0)));
  if (number === 0) return { number, holder: null };
  try {
    return { number, holder: JSON.parse(await readFile(join(folder, `lock.${number}`), 'utf8')) as Holder };
  } catch (error) {
    // Its successor removed it between the two looks.
    if (isErrno(error, 'ENOENT')) return lastLock(folder);
    throw error;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.released) return false;
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return held.has(holder.token);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return !isErrno(error, 'ESRCH');
  }
  return holder.began === null || holder.began === (await beginningOf(holder.pid));
}

/** Field 22 of Linux' `/proc/PID/stat`; the name in field 2 may hold spaces and brackets. */
async function beginningOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function inWords({ pid, host }: Holder): string {
  if (host !== hostname())
    return `process ${pid} on ${host} (if that machine is gone, delete the lock file in the run's folder)`;
  return pid === process.pid ? 'another call of this process' : `process ${pid}`;
}
