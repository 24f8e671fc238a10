import { setTimeout as pause } from 'node:timers/promises';
import { ConnectivityError, inputError } from '@carrierkit/core';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { text } from './sql.js';

export type AccessMode = 'read' | 'write';
export interface DatabaseFileOptions {
  /** How long to wait for another process that has the file open. */
  readonly lockWaitMs: number;
  readonly memoryLimit: string;
}
export type Row = Readonly<Record<string, unknown>>;

/** A cell as text; `null` where it is empty. Decimals, and whole numbers of 64 bits, are text already. */
export function cellText(row: Row, column: string): string | null {
  const value = row[column];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Each thread reserves buffers of its own, and what was freed goes back at once: else an append takes twice its memory limit. */
const APPENDING = {
  threads: '1',
  allocator_flush_threshold: '1MB',
  allocator_bulk_deallocation_flush_threshold: '1MB',
  allocator_background_threads: 'true',
} as const;
/** A quarter of DuckDB's own; a multiple of 2,048. */
const ROWS_PER_GROUP = 30_720;

/** What DuckDB says on Linux and macOS, and what Windows says. */
const HELD_BY_ANOTHER = /could not set lock on file|being used by another process/i;

const OUT_OF_MEMORY = /^Out of Memory Error/;

// File locks belong to the process, not to the handle: closing one handle would drop the lock of another.
// So a process opens each file once at a time, and everybody else in it queues here.
const queues = new Map<string, Promise<unknown>>();

/**
 * Opens the file, does the work and closes it again, so that a report of one process can run between two appends of another.
 * Waits for a file that another process has open; after `lockWaitMs` it gives up with `unavailable`.
 */
export async function withDatabaseFile<T>(
  path: string,
  mode: AccessMode,
  options: DatabaseFileOptions,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  const turn = before.then(
    () => openAndWork(path, mode, options, work),
    () => openAndWork(path, mode, options, work),
  );
  queues.set(path, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(path) === turn) queues.delete(path);
  }
}

export async function rows(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** All statements or none. */
export async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN TRANSACTION');
  try {
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {}); // the transaction may have ended with the error
    throw error;
  }
}

async function openAndWork<T>(
  path: string,
  mode: AccessMode,
  options: DatabaseFileOptions,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { instance, connection } = await openWhenFree(path, mode, options);
  try {
    return await work(connection);
  } catch (error) {
    if (!(error instanceof Error) || !OUT_OF_MEMORY.test(error.message)) throw error;
    const option = mode === 'read' ? 'reportMemory' : 'appendMemory';
    throw inputError(option, `DuckDB needs more than ${options.memoryLimit} for ${path}; open the ledger with more`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

interface Opened {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

async function openWhenFree(path: string, mode: AccessMode, options: DatabaseFileOptions): Promise<Opened> {
  const giveUpAt = performance.now() + options.lockWaitMs;
  for (let waitMs = 20; ; waitMs = Math.min(waitMs * 1.5, 500)) {
    try {
      return mode === 'read' ? await openToRead(path, options) : await openToAppend(path, options);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!HELD_BY_ANOTHER.test(message)) throw inputError('ledger', `${path} cannot be opened: ${firstLine(message)}`);
      if (performance.now() > giveUpAt)
        throw new ConnectivityError(
          'unavailable',
          `the ledger ${path} is held open by another process; close it or try again`,
        );
      await pause(waitMs);
    }
  }
}

async function openToRead(path: string, { memoryLimit }: DatabaseFileOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(path, {
    access_mode: 'READ_ONLY',
    memory_limit: memoryLimit,
    preserve_insertion_order: 'false',
  });
  return { instance, connection: await instance.connect() };
}

/** Attached, because only then the size of its row groups can be told: a thread that inserts holds a whole one, uncompressed. */
async function openToAppend(path: string, { memoryLimit }: DatabaseFileOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(':memory:', {
    ...APPENDING,
    memory_limit: memoryLimit,
    preserve_insertion_order: 'false',
    temp_directory: `${path}.tmp`,
  });
  try {
    const connection = await instance.connect();
    await connection.run(`ATTACH ${text(path)} AS ledger (ROW_GROUP_SIZE ${ROWS_PER_GROUP}); USE ledger`);
    return { instance, connection };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
