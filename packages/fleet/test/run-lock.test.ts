import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendLog } from '../src/runs/store/append-log.js';
import { takeLock } from '../src/runs/store/run-lock.js';
import { temporaryFolder } from './support/runs.js';

const lockOf = (holder: object) =>
  JSON.stringify({ token: 'other', pid: process.pid, host: hostname(), began: null, released: false, ...holder });

test('of two that take a folder at the same time one gets it, and the next one after its release', async () => {
  const folder = await temporaryFolder();
  const locks = await Promise.all(Array.from({ length: 10 }, () => takeLock(folder)));
  const got = locks.filter((lock) => 'release' in lock);
  expect(got).toHaveLength(1);
  expect(await takeLock(folder)).toEqual({ heldBy: 'another call of this process' });
  await got[0]!.release();
  expect(await takeLock(folder)).toHaveProperty('release');
});

test('who looked long ago cannot take a number that was taken and given back meanwhile', async () => {
  const folder = await temporaryFolder();
  const early = await takeLock(folder);
  if ('release' in early) await early.release();
  const later = await takeLock(folder);
  if ('release' in later) await later.release();
  // The slow one saw an empty folder and now creates the first lock.
  await expect(writeFile(join(folder, 'lock.1'), '', { flag: 'wx' })).rejects.toMatchObject({ code: 'EEXIST' });
  expect((await readdir(folder)).sort()).toEqual(['lock.1', 'lock.2']);
});

test('a process that was killed holds nothing, also before its parent asked for it', async () => {
  const folder = await temporaryFolder();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  await writeFile(join(folder, 'lock.1'), lockOf({ pid: child.pid }));
  expect(await takeLock(folder)).toEqual({ heldBy: `process ${child.pid}` });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await takeLock(folder)).toHaveProperty('release');
});

test.skipIf(process.platform !== 'linux')(
  'a later process with the same number is not taken for the holder',
  async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock.1'), lockOf({ pid: process.ppid, began: 'another boot 1' }));
    expect(await takeLock(folder)).toHaveProperty('release');
  },
);

test.skipIf(process.platform !== 'linux')('another thread of this process is alive', async () => {
  const folder = await temporaryFolder();
  const probe = await takeLock(await temporaryFolder());
  expect(probe).toHaveProperty('release');
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile(`/proc/${process.pid}/stat`, 'utf8');
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  await writeFile(join(folder, 'lock.1'), lockOf({ began: `${boot} ${began}` }));
  expect(await takeLock(folder)).toEqual({ heldBy: 'another call of this process' });
});

test('a holder on another machine, and a lock that cannot be read, are told with the remedy', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'lock.1'), lockOf({ host: 'elsewhere', pid: 7 }));
  expect(await takeLock(folder)).toEqual({
    heldBy: "process 7 on elsewhere (if that machine is gone, delete the lock files in the run's folder)",
  });
  await writeFile(join(folder, 'lock.2'), '');
  expect(await takeLock(folder)).toEqual({
    heldBy: 'an unreadable lock.2 (if no process uses it, delete that file)',
  });
});

test('after half a line nothing more is written, so that the line before the tear stays the last', async () => {
  let written = '';
  let full = false;
  const log = appendLog({
    async appendFile(text) {
      written += full ? String(text).slice(0, 3) : String(text);
      if (!full) return;
      full = false;
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    },
    datasync: async () => {},
    close: async () => {},
  });
  await log.append('first');
  full = true;
  await expect(log.append('second')).rejects.toThrow('no space left');
  await expect(log.append('third')).rejects.toThrow('no space left');
  expect(written).toBe('first\nsec');
});
