import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecordCounts, UsageRead } from '../sync/usage-store.js';
import { rows } from './database-file.js';
import { FIGURES } from './schema.js';
import { isOneOf, text, timestamp } from './sql.js';
import { STAGED_COLUMNS } from './stage-records.js';
import type { StagingFile } from './staging-file.js';

/** What one read brought, and the fetch under which the ledger notes it. */
export interface StagedRead {
  readonly read: UsageRead;
  readonly staging: StagingFile;
  /** Whether some records tell nothing but a cost. */
  readonly costApart: boolean;
  readonly fetch: { readonly id: string; readonly readAt: string };
}

/**
 * Where a vendor tells the cost of a cell for both directions together, a record holds nothing but that cost (no bytes, seconds, messages).
 * The others of its cell then do not lack a cost: it is told apart.
 */
const MARK_CHARGED_APART = `UPDATE incoming SET charged_apart = true WHERE cost IS NULL AND EXISTS (FROM incoming charge
  WHERE charge.cost IS NOT NULL AND coalesce(charge.bytes, charge.seconds, charge.messages) IS NULL
    AND charge.kind = incoming.kind AND charge.started_at = incoming.started_at
    AND coalesce(charge.iccid, charge.sim_ref) = coalesce(incoming.iccid, incoming.sim_ref)
    AND charge.country IS NOT DISTINCT FROM incoming.country AND charge.technology IS NOT DISTINCT FROM incoming.technology)`;

/**
 * Puts staged records in the place of what the ledger knew of this read. Within a transaction of the caller.
 * A record whose figures differ leaves its former ones in `corrections`; so does an aggregate that the vendor no longer tells.
 */
export async function mergeRecords(connection: DuckDBConnection, staged: StagedRead): Promise<RecordCounts> {
  await judge(connection, staged);
  const counts = await rows(
    connection,
    `SELECT verdict, count(*) AS records FROM verdicts WHERE verdict <> 'added' GROUP BY verdict
    UNION ALL SELECT 'added', count(*) - (SELECT count(known_row) FROM verdicts) FROM newest
    UNION ALL SELECT 'vanished', count(*) FROM vanished`,
  );
  const count = (verdict: string) => Number(counts.find((row) => row['verdict'] === verdict)?.['records'] ?? 0);
  if (count('changed') > 0) await noteChanges(connection, staged);
  if (count('vanished') > 0) await noteRemovals(connection, staged);
  if (count('changed') + count('refreshed') + count('vanished') > 0)
    await connection.run(`DELETE FROM usage WHERE rowid IN
      (SELECT known_row FROM verdicts WHERE verdict IN ('changed', 'refreshed') UNION ALL SELECT known_row FROM vanished)`);
  await setMarks(connection, staged.staging.count);
  await connection.run('DROP TABLE newest; DROP TABLE vanished; DROP TABLE verdicts; DROP TABLE IF EXISTS incoming');
  if (count('added') + count('changed') + count('refreshed') > 0) await insertUsage(connection, staged);
  return {
    added: count('added'),
    changed: count('changed') + count('vanished'),
    unchanged: count('unchanged') + count('refreshed'),
  };
}

/**
 * Makes the tables of what is to happen: `newest` (the records that count), `verdicts` (about those that are not simply new),
 * `vanished` (rows that the vendor no longer tells) and, where there is something to compare, `incoming` (the records without `raw`).
 */
async function judge(connection: DuckDBConnection, { read, staging, costApart }: StagedRead): Promise<void> {
  await connection.run(`CREATE TEMP TABLE newest AS SELECT n, id, processed_at FROM ${linesOf(staging)};
    CREATE TEMP TABLE verdicts (n BIGINT, known_row BIGINT, known_finality VARCHAR, charged_apart BOOLEAN, verdict VARCHAR)`);
  await leaveOutDoubles(connection);
  if (costApart || (await isAnyKnown(connection, read))) await compare(connection, read, staging);
  await connection.run(`CREATE TEMP TABLE vanished AS
    SELECT u.rowid AS known_row FROM usage u ANTI JOIN verdicts v ON v.known_row = u.rowid WHERE ${inReach(read)}`);
}

/** Of what was told twice in one reading, the one processed last stays, where all say when; else the last one told. */
async function leaveOutDoubles(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE TEMP TABLE doubles AS
    SELECT id, CASE WHEN count(processed_at) = count(*) THEN arg_max(n, (processed_at, n)) ELSE max(n) END AS kept
    FROM newest SEMI JOIN (SELECT id FROM newest GROUP BY id HAVING count(*) > 1) twice USING (id) GROUP BY id;
    INSERT INTO verdicts SELECT n, NULL, NULL, false, 'superseded' FROM newest JOIN doubles d ON d.id = newest.id AND newest.n <> d.kept;
    DELETE FROM newest USING doubles d WHERE d.id = newest.id AND newest.n <> d.kept;
    DROP TABLE doubles`);
}

async function isAnyKnown(connection: DuckDBConnection, read: UsageRead): Promise<boolean> {
  const known = `SELECT 1 FROM usage u SEMI JOIN newest USING (id) WHERE ${isComparable(read)} LIMIT 1`;
  return (await rows(connection, known)).length > 0;
}

async function compare(connection: DuckDBConnection, read: UsageRead, staging: StagingFile): Promise<void> {
  const columns = (alias: string, names: readonly string[]) =>
    `(${names.map((name) => `${alias}.${name}`).join(', ')})`;
  const figures = (alias: string) => columns(alias, FIGURES);
  const names = (alias: string) => columns(alias, ['iccid', 'sim_ref', 'msisdn', 'charged_apart']);
  await connection.run(`CREATE TEMP TABLE incoming AS
    SELECT s.* EXCLUDE (raw), false AS charged_apart FROM ${linesOf(staging)} s SEMI JOIN newest USING (n)`);
  if (read.source.declared.grain !== 'event') await connection.run(MARK_CHARGED_APART);
  await connection.run(`INSERT INTO verdicts
    SELECT s.n, u.rowid, u.finality, s.charged_apart,
      CASE WHEN u.id IS NULL THEN 'added' WHEN ${figures('s')} IS DISTINCT FROM ${figures('u')} THEN 'changed'
           WHEN (s.finality <> u.finality AND u.finality <> 'corrected') OR ${names('s')} IS DISTINCT FROM ${names('u')} THEN 'refreshed'
           ELSE 'unchanged' END
    FROM incoming s LEFT JOIN (SELECT u.rowid, u.* FROM usage u WHERE ${isComparable(read)}) u ON u.id = s.id
    WHERE u.id IS NOT NULL OR s.charged_apart`);
}

/** An aggregate's id names its start, so the one it replaces starts in the same window; an event may be anywhere. */
function isComparable(read: UsageRead): string {
  const ofProvider = `u.provider = ${text(read.source.provider)}`;
  return read.source.declared.grain === 'event' ? ofProvider : `${ofProvider} AND ${isInWindow(read)}`;
}

/** The cells this read speaks for. Events are upserted only: a page that the vendor no longer lists does not undo them. */
function inReach(read: UsageRead): string {
  if (read.source.declared.grain === 'event') return 'false';
  const ofGrain = `u.grain = ${text(read.source.declared.grain)} AND ${isOneOf('u.kind', read.source.kinds)}`;
  return `${isComparable(read)} AND ${ofGrain} ${read.targets === null ? '' : `AND ${isOneOfTargets(read.targets)}`}`;
}

function isInWindow({ window }: UsageRead): string {
  return `u.started_at >= ${timestamp(window.from)} AND u.started_at < ${timestamp(window.to)}`;
}

function isOneOfTargets(targets: NonNullable<UsageRead['targets']>): string {
  const iccids = targets.map((target) => target.iccid);
  const refs = targets.map((target) => target.ref);
  return `(${isOneOf('u.iccid', iccids)} OR ${isOneOf('u.sim_ref', refs)})`;
}

async function noteChanges(connection: DuckDBConnection, { fetch }: StagedRead): Promise<void> {
  await connection.run(`${correction('changed', fetch)}, u.bytes, s.bytes, u.seconds, s.seconds, u.messages, s.messages,
      u.cost, u.currency, s.cost, s.currency, u.raw
    FROM usage u JOIN verdicts v ON v.known_row = u.rowid AND v.verdict = 'changed' JOIN incoming s ON s.n = v.n`);
}

async function noteRemovals(connection: DuckDBConnection, { fetch }: StagedRead): Promise<void> {
  await connection.run(`${correction('removed', fetch)}, u.bytes, NULL, u.seconds, NULL, u.messages, NULL,
      u.cost, u.currency, NULL, NULL, u.raw
    FROM usage u JOIN vanished v ON v.known_row = u.rowid`);
}

function correction(reason: 'changed' | 'removed', { id, readAt }: StagedRead['fetch']): string {
  return `INSERT INTO corrections
    SELECT u.provider, u.id, u.iccid, u.kind, u.grain, u.started_at, ${timestamp(readAt)}, ${text(reason)}, ${id}`;
}

/** The verdicts that the inserting asks for: one bit for each staged record, for a join would hold a row for each, and the whole records where they do not fit. */
async function setMarks(connection: DuckDBConnection, records: number): Promise<void> {
  const marks = {
    left_out: "verdict IN ('unchanged', 'superseded')",
    corrected: "known_finality = 'corrected' OR (verdict = 'changed' AND known_finality = 'settled')",
    charged_apart: 'charged_apart',
  };
  for (const [name, condition] of Object.entries(marks))
    await connection.run(
      `SET VARIABLE ${name} = (SELECT bitstring_agg(n, 0, ${Math.max(1, records) - 1}) FROM verdicts WHERE ${condition})`,
    );
}

function hasMark(name: 'left_out' | 'corrected' | 'charged_apart'): string {
  return `coalesce(get_bit(getvariable('${name}')::BIT, s.n::INTEGER) = 1, false)`;
}

/** Read from the file once more, so that the wide rows with their raw records never wait in memory. */
async function insertUsage(connection: DuckDBConnection, { read, staging, fetch }: StagedRead): Promise<void> {
  await connection.run(`INSERT INTO usage BY NAME
    SELECT s.* EXCLUDE (n) REPLACE (CASE WHEN ${hasMark('corrected')} THEN 'corrected' ELSE s.finality END AS finality),
      ${text(read.source.provider)} AS provider, ${hasMark('charged_apart')} AS charged_apart, ${fetch.id} AS fetch_id
    FROM ${linesOf(staging)} s WHERE NOT ${hasMark('left_out')}`);
}

function linesOf(staging: StagingFile): string {
  return `read_json(${text(staging.path)}, format = 'newline_delimited', columns = ${STAGED_COLUMNS}, maximum_object_size = ${staging.longestLine})`;
}
