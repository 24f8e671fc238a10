import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type {
  ErrorInfo,
  Iccid,
  Instant,
  ProviderId,
  Sim,
  TimeWindow,
  UsageRecord,
  UsageSource,
} from '@carrierkit/core';
import { inputError } from '@carrierkit/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadTarget, RecordCounts, SourceInUse, UsageRead, UsageStore } from '../sync/usage-store.js';
import { inTransaction, type Row, rows, withDatabaseFile } from './database-file.js';
import { knownSims } from './known-sims.js';
import { mergeRecords } from './merge-records.js';
import { INVENTORY, recordFailure, recordRead, registerSource, WHOLE_ACCOUNT } from './reads.js';
import { migrate } from './schema.js';
import { mergeInventory, snapshotSize, stageSims } from './snapshot-inventory.js';
import { text, timestamp } from './sql.js';
import { stageRecords } from './stage-records.js';
import { removeStaleStagingFiles, StagingFile } from './staging-file.js';

/** A sync that has lain unfinished for so long is begun anew: what it read is too old to be called one reading. */
const RUN_LIFE_HOURS = 24;

const LEAST_APPEND_MB = 96;
/** A line is held as text, as JSON, as columns and in the row group; measured with records of 2 to 30 KB that cannot be compressed. */
const COPIES_OF_A_LINE = 16;

/** The inventory has no usage source; its failures are kept beside those of the sources. */
const NO_SOURCE: UsageSource = {
  kinds: [],
  grain: 'event',
  scope: 'account',
  windowDays: 1,
  retentionDays: null,
  settlesAfterHours: 0,
  tells: { direction: false, country: false, cost: false },
  unit: null,
};

/** How a ledger is opened; every member has a default. */
export interface LedgerOptions {
  /** How long an append or a report waits while another process has the file open. Default 60,000. */
  readonly lockWaitMs?: number;
  /** DuckDB's memory while appending; more is spilled to disk. Default `96MB`, and more where single records have several kilobytes, since it takes 2,048 of them at a time. */
  readonly appendMemory?: string;
  /** DuckDB's memory while reporting; more is spilled to disk. Default `1GB`. */
  readonly reportMemory?: string;
}

/** What can be asked of a ledger. */
export interface LedgerReader {
  /**
   * Runs one read-only SQL statement. The view `usage_v1` is the public surface (documented in the README);
   * the tables behind it may change with any release. 64-bit integers and decimals arrive as text.
   */
  query(sql: string): Promise<readonly Row[]>;
}

/** The usage ledger: one DuckDB file, opened for each append and each report and closed again. */
export interface Ledger extends UsageStore, LedgerReader {
  /** Absolute path of the file. */
  readonly path: string;
  /** Does several queries on one state of the ledger: no append comes between them. */
  read<T>(work: (reader: LedgerReader) => Promise<T>): Promise<T>;
}

/** Opens the ledger, creating the file and its folder or lifting an older layout where needed. Throws `input` for a file that is no ledger and for a path with a question mark. */
export async function openLedger(path: string, options: LedgerOptions = {}): Promise<Ledger> {
  // DuckDB takes what follows for something else than a name, and puts its log of changes elsewhere.
  if (resolve(path).includes('?')) throw inputError('ledger', `${path} has a question mark in it; choose another path`);
  const folder = dirname(resolve(path));
  mkdirSync(folder, { recursive: true });
  const ledger = new LedgerFile(join(realpathSync(folder), basename(path)), options);
  removeStaleStagingFiles(ledger.path);
  const isNew = !existsSync(ledger.path);
  await ledger.migrate();
  // It holds who used what and where.
  if (isNew) chmodSync(ledger.path, 0o600);
  return ledger;
}

class LedgerFile implements Ledger {
  readonly path: string;
  readonly #lockWaitMs: number;
  readonly #appendMemory: string | undefined;
  readonly #reportMemory: string;

  constructor(path: string, options: LedgerOptions) {
    this.path = path;
    this.#lockWaitMs = options.lockWaitMs ?? 60_000;
    this.#appendMemory = options.appendMemory;
    this.#reportMemory = options.reportMemory ?? '1GB';
  }

  migrate(): Promise<void> {
    return this.#write(migrate);
  }

  query(sql: string): Promise<readonly Row[]> {
    return this.read((reader) => reader.query(sql));
  }

  read<T>(work: (reader: LedgerReader) => Promise<T>): Promise<T> {
    const options = { lockWaitMs: this.#lockWaitMs, memoryLimit: this.#reportMemory };
    return withDatabaseFile(this.path, 'read', options, (connection) =>
      work({ query: (sql) => rows(connection, sql) }),
    );
  }

  async beginRun({
    key,
    at,
    resume,
  }: {
    readonly key: string;
    readonly at: Instant;
    readonly resume: boolean;
  }): Promise<{ readonly since: string }> {
    return this.#write(async (connection) => {
      const [open] = await rows(
        connection,
        `SELECT since FROM runs
         WHERE key = ${text(key)} AND NOT finished AND greatest(last_at, (SELECT max(read_at) FROM fetches WHERE id > since))
           > ${timestamp(at)} - INTERVAL ${RUN_LIFE_HOURS} HOURS`,
      );
      if (open && resume) return { since: String(open['since']) };
      const [next] = await rows(connection, "SELECT nextval('fetch_ids') AS since");
      const since = String(next?.['since']);
      await connection.run(`DELETE FROM runs WHERE key = ${text(key)};
        INSERT INTO runs VALUES (${text(key)}, ${since}, ${timestamp(at)}, ${timestamp(at)}, false)`);
      return { since };
    });
  }

  async endRun({
    key,
    at,
    complete,
  }: {
    readonly key: string;
    readonly at: Instant;
    readonly complete: boolean;
  }): Promise<void> {
    await this.#write((connection) =>
      connection.run(`UPDATE runs SET last_at = ${timestamp(at)}, finished = ${complete} WHERE key = ${text(key)}`),
    );
  }

  async snapshot(inventory: {
    readonly provider: ProviderId;
    readonly sims: AsyncIterable<Sim>;
    readonly readAt: Instant;
  }): Promise<{ readonly sims: number }> {
    using staging = new StagingFile(this.path);
    await stageSims(staging, inventory.sims);
    return await this.#write(
      (connection) =>
        inTransaction(connection, async () => {
          for (const table of ['failures', 'sources'])
            await connection.run(
              `DELETE FROM ${table} WHERE provider = ${text(inventory.provider)} AND source = ${text(INVENTORY)}`,
            );
          return mergeInventory(connection, staging, inventory);
        }),
      staging,
    );
  }

  async failSnapshot(failure: {
    readonly provider: ProviderId;
    readonly adapter: string;
    readonly window: TimeWindow;
    readonly error: ErrorInfo;
    readonly at: Instant;
  }): Promise<void> {
    const { provider, adapter, window } = failure;
    await this.fail(
      { source: { provider, adapter, name: INVENTORY, kinds: [], declared: NO_SOURCE }, window, targets: null },
      failure,
    );
  }

  snapshotSize(provider: ProviderId): Promise<number | null> {
    return snapshotSize(this, provider);
  }

  async unreadTargets({
    source,
    window,
    since,
  }: {
    readonly source: SourceInUse;
    readonly window: TimeWindow;
    readonly since: string;
  }): Promise<readonly ReadTarget[]> {
    const found = await this.query(`
      SELECT known.iccid, known.ref FROM (${knownSims(window)}) known
      ANTI JOIN (SELECT iccid FROM reads WHERE ${isExactly(source, window, since)}) done ON done.iccid = known.iccid
      WHERE known.provider = ${text(source.provider)} ORDER BY known.iccid`);
    return found.map((row) => ({
      iccid: String(row['iccid']) as Iccid,
      provider: source.provider,
      ref: String(row['ref']),
    }));
  }

  async isRead({
    source,
    window,
    since,
  }: {
    readonly source: SourceInUse;
    readonly window: TimeWindow;
    readonly since: string;
  }): Promise<boolean> {
    const found = await this.query(
      `SELECT 1 FROM reads WHERE iccid = ${text(WHOLE_ACCOUNT)} AND ${isExactly(source, window, since)} LIMIT 1`,
    );
    return found.length > 0;
  }

  async append(
    read: UsageRead,
    records: AsyncIterable<UsageRecord>,
    told: { readonly readAt: Instant; readonly clock: () => number; readonly pages: () => number },
  ): Promise<RecordCounts> {
    using staging = new StagingFile(this.path);
    const { costApart } = await stageRecords(staging, read, records);
    const durationMs = Math.max(0, Math.round(told.clock() - Date.parse(told.readAt)));
    return await this.#write(
      (connection) =>
        inTransaction(connection, async () => {
          const [next] = await rows(connection, "SELECT nextval('fetch_ids') AS id");
          const fetch = { id: String(next?.['id']), readAt: told.readAt };
          await registerSource(connection, read.source);
          const counts = await mergeRecords(connection, { read, staging, costApart, fetch });
          await recordRead(connection, read, fetch);
          await connection.run(`INSERT INTO fetches VALUES (${fetch.id}, ${text(read.source.provider)}, ${text(read.source.name)},
          ${timestamp(read.window.from)}, ${timestamp(read.window.to)}, ${read.targets?.length ?? 'NULL'}, ${timestamp(told.readAt)},
          ${durationMs}, ${told.pages()}, ${counts.added}, ${counts.changed}, ${counts.unchanged},
          ${read.source.declared.unit === null ? 'NULL' : text(JSON.stringify(read.source.declared.unit))})`);
          return counts;
        }),
      staging,
    );
  }

  async fail(read: UsageRead, failure: { readonly error: ErrorInfo; readonly at: Instant }): Promise<void> {
    await this.#write((connection) =>
      inTransaction(connection, async () => {
        await registerSource(connection, read.source);
        await recordFailure(connection, read, failure);
      }),
    );
  }

  #write<T>(work: (connection: DuckDBConnection) => Promise<T>, staging?: StagingFile): Promise<T> {
    const memoryLimit = this.#appendMemory ?? memoryFor(staging?.widestVector ?? 0);
    return withDatabaseFile(this.path, 'write', { lockWaitMs: this.#lockWaitMs, memoryLimit }, work);
  }
}

function memoryFor(widestVector: number): string {
  return `${Math.max(LEAST_APPEND_MB, Math.ceil((widestVector * COPIES_OF_A_LINE) / 1e6))}MB`;
}

function isExactly(source: SourceInUse, window: TimeWindow, since: string): string {
  return `provider = ${text(source.provider)} AND source = ${text(source.name)} AND window_from = ${timestamp(window.from)}
    AND window_to = ${timestamp(window.to)} AND fetch_id > ${BigInt(since)}`;
}
