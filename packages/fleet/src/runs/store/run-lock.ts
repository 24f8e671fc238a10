import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isErrno, PRIVATE_FILE, writeAtomically } from '../../stores/private-files.js';

/** Who holds a run. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own terms: tells a process from a later one with the same number. `null` where it is not told. */
  readonly began: string | null;
  readonly released: boolean;
}

/** Locks of this process: where the system does not tell when a process began, its earlier incarnation with the same number is not taken for it. */
const held = new Set<string>();

/**
 * Makes one process the holder of a folder. Every holder creates the next of `lock.1`, `lock.2`, …, which only one process can do. None is
 * ever removed: however long a process hesitates between looking and creating, it cannot create a number that was taken in the meantime.
 * @returns how to release it, or the present holder in words.
 */
export async function takeLock(
  folder: string,
): Promise<{ readonly release: () => Promise<void> } | { readonly heldBy: string }> {
  const number = await lastLock(folder);
  const present = await holderIn(folder, number);
  if (present === 'unreadable')
    return { heldBy: `an unreadable lock.${number} (if no process uses it, delete that file)` };
  if (present && (await isAlive(present))) return { heldBy: inWords(present) };
  const own: Holder = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    began: await beginningOf(process.pid),
    released: false,
  };
  const path = join(folder, `lock.${number + 1}`);
  held.add(own.token);
  try {
    await create(path, join(folder, `lock.${own.token}.tmp`), JSON.stringify(own));
  } catch (error) {
    held.delete(own.token);
    if (isErrno(error, 'EEXIST')) return { heldBy: 'another process, which was faster' };
    throw error;
  }
  return {
    async release() {
      held.delete(own.token);
      await writeAtomically(path, JSON.stringify({ ...own, released: true } satisfies Holder));
    },
  };
}

/** Creates a file that appears with its content, or fails with EEXIST. */
async function create(path: string, draft: string, content: string): Promise<void> {
  try {
    await writeFile(draft, content, { mode: PRIVATE_FILE });
    await link(draft, path);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) throw error;
    // A file system without hard links: the lock is then created empty and filled a moment later.
    await writeFile(path, content, { mode: PRIVATE_FILE, flag: 'wx' });
  } finally {
    await rm(draft, { force: true });
  }
}

async function lastLock(folder: string): Promise<number> {
  const names = await readdir(folder);
  return Math.max(0, ...names.map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0)));
}

async function holderIn(folder: string, number: number): Promise<Holder | null | 'unreadable'> {
  if (number === 0) return null;
  const text = await readFile(join(folder, `lock.${number}`), 'utf8');
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return 'unreadable';
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.released) return false;
  if (holder.host !== hostname()) return true;
  const began = await beginningOf(holder.pid);
  // Another thread of this process, or another copy of this module in it, is alive without being in `held`.
  if (holder.began !== null && began !== null) return holder.began === began;
  if (holder.pid === process.pid) return held.has(holder.token);
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return !isErrno(error, 'ESRCH');
  }
}

/** Linux: which boot, and field 22 of `/proc/PID/stat` (ticks since then); the name in field 2 may hold spaces and brackets. */
async function beginningOf(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // `Z`: the process has ended, its parent has not asked for it yet.
    return state === 'Z' || state === 'X' ? 'ended' : `${boot.trim()} ${rest[18]}`;
  } catch {
    return null;
  }
}

function inWords({ pid, host }: Holder): string {
  if (host !== hostname())
    return `process ${pid} on ${host} (if that machine is gone, delete the lock files in the run's folder)`;
  return pid === process.pid ? 'another call of this process' : `process ${pid}`;
}
