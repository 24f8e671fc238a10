import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyValueStore } from '@carrierkit/core';
import { isErrno, writeAtomically } from './private-files.js';

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly expiresAt: number | null;
}

/** A KeyValueStore of one small file a key (mode 0600, written atomically). Several processes may share the folder: the last write wins. */
export function fileStore(folder: string, clock: () => number = Date.now): KeyValueStore {
  const pathOf = (key: string) => join(folder, `${fileName(key)}.json`);

  async function read(path: string): Promise<Entry | null> {
    try {
      const entry = JSON.parse(await readFile(path, 'utf8')) as Entry;
      if (entry.expiresAt === null || entry.expiresAt > clock()) return entry;
      await rm(path, { force: true });
      return null;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return null;
      throw error;
    }
  }

  return {
    async get(key) {
      return (await read(pathOf(key)))?.value ?? null;
    },
    async set(key, value, options = {}) {
      const expiresAt = options.ttlMs === undefined ? null : clock() + options.ttlMs;
      await writeAtomically(pathOf(key), JSON.stringify({ key, value, expiresAt } satisfies Entry));
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
    async *keys(prefix) {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isErrno(error, 'ENOENT')) return [];
        throw error;
      });
      // A hashed name tells nothing about its key; the others are decided by their name alone.
      const start = encode(prefix).slice(0, LONGEST_NAME);
      for (const name of names) {
        if (!name.endsWith('.json') || !(name.startsWith(start) || name.startsWith(HASHED))) continue;
        const entry = await read(join(folder, name));
        if (entry?.key.startsWith(prefix)) yield entry.key;
      }
    },
  };
}

const LONGEST_NAME = 180;
const HASHED = '~';

/** Distinct keys give distinct names, also on file systems that ignore case; the longest stay within any file system's limit. */
function fileName(key: string): string {
  const name = encode(key);
  return name.length <= LONGEST_NAME ? name : HASHED + createHash('sha256').update(key).digest('hex');
}

function encode(key: string): string {
  return key.replace(/[^a-z0-9_-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
