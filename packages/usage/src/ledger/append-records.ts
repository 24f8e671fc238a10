import type { Iccid, UsageRecord } from '@carrierkit/core';
import { ConnectivityError } from '@carrierkit/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecordCounts, UsageRead } from '../sync/usage-store.js';
import { rows } from './database-file.js';
import { FIGURES } from './schema.js';
import { isOneOf, text, timestamp } from './sql.js';
import type { StagingFile } from './staging-file.js';

const COLUMNS = `{n: 'BIGINT', id: 'VARCHAR', account: 'VARCHAR', iccid: 'VARCHAR', simRef: 'VARCHAR', msisdn: 'VARCHAR', kind: 'VARCHAR',
  direction: 'VARCHAR', grain: 'VARCHAR', startedAt: 'TIMESTAMP', endedAt: 'TIMESTAMP', processedAt: 'TIMESTAMP',
  bytes: 'STRUCT(total BIGINT, up BIGINT, down BIGINT)', seconds: 'BIGINT', messages: 'BIGINT',
  charged: 'STRUCT(quantity DOUBLE, unit VARCHAR)', costType: 'VARCHAR', cost: 'STRUCT(amount VARCHAR, currency VARCHAR)',
  country: 'VARCHAR', operator: 'STRUCT(mcc VARCHAR, mnc VARCHAR, "name" VARCHAR)', technology: 'VARCHAR', roaming: 'BOOLEAN',
  finality: 'VARCHAR', raw: 'JSON'}`;

const INCOMING = `n, id, account, iccid, simRef AS sim_ref, msisdn, kind, direction, grain,
  startedAt AS started_at, endedAt AS ended_at, processedAt AS processed_at,
  bytes.total AS bytes, bytes.up AS bytes_up, bytes.down AS bytes_down, seconds, messages,
  charged.quantity AS charged_quantity, charged.unit AS charged_unit, costType AS cost_type,
  cost.amount::DECIMAL(38, 18) AS cost, cost.currency AS currency,
  country, operator.mcc AS mcc, operator.mnc AS mnc, operator.name AS operator, technology, roaming, finality`;

/**
 * Where a vendor tells the cost of a cell for both directions together, a record holds nothing but that cost (no bytes, seconds, messages).
 * The others of its cell then do not lack a cost: it is told apart.
 */
const MARK_CHARGED_APART = `UPDATE incoming SET charged_apart = true WHERE cost IS NULL AND EXISTS (FROM incoming charge
  WHERE charge.cost IS NOT NULL AND coalesce(charge.bytes, charge.seconds, charge.messages) IS NULL
    AND charge.kind = incoming.kind AND charge.started_at = incoming.started_at
    AND coalesce(charge.iccid, charge.sim_ref) = coalesce(incoming.iccid, incoming.sim_ref)
    AND charge.country IS NOT DISTINCT FROM incoming.country AND charge.technology IS NOT DISTINCT FROM incoming.technology)`;

const EXACT_AMOUNT = /^-?\d{1,20}(\.\d{1,18})?$/;

/** Streams the records of one read into the staging file; refuses what the ledger could not keep exactly. */
export async function stageRecords(
  staging: StagingFile,
  read: UsageRead,
  records: AsyncIterable<UsageRecord>,
): Promise<void> {
  const { from, to } = read.window;
  const kinds = new Set(read.source.kinds);
  const iccidByRef = new Map<string, Iccid>(read.targets?.map((target) => [target.ref, target.iccid]));
  for await (const record of records) {
    // A vendor whose bounds are inclusive tells the first instant of the next window too; that window asks for it itself.
    if (record.startedAt < from || record.startedAt >= to || !kinds.has(record.kind)) continue;
    assertExact(record, read);
    const iccid = record.iccid ?? (record.simRef === null ? undefined : iccidByRef.get(record.simRef)) ?? null;
    staging.add(iccid === record.iccid ? record : { ...record, iccid });
  }
  staging.flush();
}

/**
 * Puts staged records in the place of what the ledger knew of this read. Within a transaction of the caller.
 * A record whose figures differ leaves its former ones in `corrections`; so does an aggregate that the vendor no longer tells.
 */
export async function mergeRecords(
  connection: DuckDBConnection,
  staging: StagingFile,
  read: UsageRead,
  fetch: { readonly id: string; readonly readAt: string },
): Promise<RecordCounts> {
  const provider = text(read.source.provider);
  const file = `read_json(${text(staging.path)}, format = 'newline_delimited', columns = ${COLUMNS}, maximum_object_size = ${staging.longestLine})`;
  const figures = (alias: string) => `(${FIGURES.map((column) => `${alias}.${column}`).join(', ')})`;
  const names = (alias: string) => `(${alias}.iccid, ${alias}.sim_ref, ${alias}.msisdn, ${alias}.charged_apart)`;
  // The cells this read speaks for. Events are upserted only: a page that the vendor no longer lists does not undo them.
  const inReach =
    read.source.declared.grain === 'event'
      ? 'false'
      : `u.grain = ${text(read.source.declared.grain)} AND ${isOneOf('u.kind', read.source.kinds)}
         AND u.started_at >= ${timestamp(read.window.from)} AND u.started_at < ${timestamp(read.window.to)}
         ${read.targets === null ? '' : `AND (${isOneOf('u.iccid', iccidsOf(read))} OR ${isOneOf('u.sim_ref', refsOf(read))})`}`;
  // An aggregate's id names its start, so the one it replaces starts in the same window; an event may be anywhere.
  const comparable =
    read.source.declared.grain === 'event'
      ? 'true'
      : `u.started_at >= ${timestamp(read.window.from)} AND u.started_at < ${timestamp(read.window.to)}`;

  await connection.run(`CREATE TEMP TABLE incoming AS SELECT ${INCOMING}, false AS charged_apart FROM ${file}`);
  await connection.run(
    'CREATE TEMP TABLE verdicts (n BIGINT, known_row BIGINT, known_finality VARCHAR, charged_apart BOOLEAN, verdict VARCHAR)',
  );
  await keepNewest(connection);
  if (read.source.declared.grain !== 'event') await connection.run(MARK_CHARGED_APART);
  // Only of records that are known or marked; a first reading notes next to nothing.
  await connection.run(`INSERT INTO verdicts
    SELECT s.n, u.rowid, u.finality, s.charged_apart,
      CASE WHEN u.id IS NULL THEN 'added' WHEN ${figures('s')} IS DISTINCT FROM ${figures('u')} THEN 'changed'
           WHEN (s.finality <> u.finality AND u.finality <> 'corrected') OR ${names('s')} IS DISTINCT FROM ${names('u')} THEN 'refreshed'
           ELSE 'unchanged' END
    FROM incoming s LEFT JOIN (SELECT u.rowid, u.* FROM usage u WHERE u.provider = ${provider} AND ${comparable}) u ON u.id = s.id
    WHERE u.id IS NOT NULL OR s.charged_apart`);
  await connection.run(`CREATE TEMP TABLE vanished AS
    SELECT u.rowid AS known_row FROM usage u ANTI JOIN verdicts v ON v.known_row = u.rowid
    WHERE u.provider = ${provider} AND ${inReach}`);

  const counts = await rows(
    connection,
    `SELECT verdict, count(*) AS records FROM verdicts WHERE verdict <> 'added' GROUP BY verdict
    UNION ALL SELECT 'added', count(*) - (SELECT count(known_row) FROM verdicts) FROM incoming
    UNION ALL SELECT 'vanished', count(*) FROM vanished`,
  );
  const count = (verdict: string) => Number(counts.find((row) => row['verdict'] === verdict)?.['records'] ?? 0);
  const correction = (after: string) => `INSERT INTO corrections
    SELECT u.provider, u.id, u.iccid, u.kind, u.grain, u.started_at, ${timestamp(fetch.readAt)}, ${after}
    u.raw FROM usage u`;
  if (count('changed') > 0)
    await connection.run(`${correction(`'changed', ${fetch.id}, u.bytes, s.bytes, u.seconds, s.seconds, u.messages, s.messages,
      u.cost, u.currency, s.cost, s.currency,`)}
    JOIN verdicts v ON v.known_row = u.rowid AND v.verdict = 'changed' JOIN incoming s ON s.n = v.n`);
  if (count('vanished') > 0)
    await connection.run(`${correction(`'removed', ${fetch.id}, u.bytes, NULL, u.seconds, NULL, u.messages, NULL, u.cost, u.currency, NULL, NULL,`)}
    JOIN vanished v ON v.known_row = u.rowid`);

  const replaced = count('changed') + count('refreshed') + count('vanished');
  if (replaced > 0)
    await connection.run(`DELETE FROM usage WHERE rowid IN
      (SELECT known_row FROM verdicts WHERE verdict IN ('changed', 'refreshed') UNION ALL SELECT known_row FROM vanished)`);
  await setMark(connection, 'left_out', "verdict IN ('unchanged', 'superseded')", staging.count);
  await setMark(
    connection,
    'corrected',
    "known_finality = 'corrected' OR (verdict = 'changed' AND known_finality = 'settled')",
    staging.count,
  );
  await setMark(connection, 'charged_apart', 'charged_apart', staging.count);
  await connection.run('DROP TABLE incoming; DROP TABLE vanished; DROP TABLE verdicts');
  if (count('added') + count('changed') + count('refreshed') > 0)
    // Read from the file a second time, so that the wide rows with their raw records never wait in memory.
    await connection.run(`INSERT INTO usage
      SELECT ${provider}, s.id, s.account, s.iccid, s.sim_ref, s.msisdn, s.kind, s.direction, s.grain, s.started_at, s.ended_at,
        s.processed_at, s.bytes, s.bytes_up, s.bytes_down, s.seconds, s.messages, s.charged_quantity, s.charged_unit,
        s.cost_type, s.cost, s.currency, s.country, s.mcc, s.mnc, s.operator, s.technology, s.roaming,
        CASE WHEN ${hasMark('corrected')} THEN 'corrected' ELSE s.finality END,
        ${hasMark('charged_apart')}, s.raw, ${fetch.id}
      FROM (SELECT ${INCOMING}, raw FROM ${file}) s WHERE NOT ${hasMark('left_out')}`);
  return {
    added: count('added'),
    changed: count('changed') + count('vanished'),
    unchanged: count('unchanged') + count('refreshed'),
  };
}

/** One bit for each staged record: a join would hold a row for each, and the whole records where they do not fit. */
async function setMark(connection: DuckDBConnection, name: string, condition: string, records: number): Promise<void> {
  await connection.run(
    `SET VARIABLE ${name} = (SELECT bitstring_agg(n, 0, ${Math.max(1, records) - 1}) FROM verdicts WHERE ${condition})`,
  );
}

function hasMark(name: string): string {
  return `coalesce(get_bit(getvariable('${name}')::BIT, s.n::INTEGER) = 1, false)`;
}

/** Of what was told twice in one reading, the one processed last stays, where all say when; else the last one told. */
async function keepNewest(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE TEMP TABLE doubles AS
    SELECT id, CASE WHEN count(processed_at) = count(*) THEN arg_max(n, (processed_at, n)) ELSE max(n) END AS newest
    FROM incoming SEMI JOIN (SELECT id FROM incoming GROUP BY id HAVING count(*) > 1) twice USING (id) GROUP BY id;
    INSERT INTO verdicts SELECT n, NULL, NULL, false, 'superseded' FROM incoming JOIN doubles d ON d.id = incoming.id AND incoming.n <> d.newest;
    DELETE FROM incoming USING doubles d WHERE d.id = incoming.id AND incoming.n <> d.newest;
    DROP TABLE doubles`);
}

function iccidsOf(read: UsageRead): readonly string[] {
  return read.targets?.map((target) => target.iccid) ?? [];
}

function refsOf(read: UsageRead): readonly string[] {
  return read.targets?.map((target) => target.ref) ?? [];
}

function assertExact(record: UsageRecord, read: UsageRead): void {
  const problem =
    record.grain !== read.source.declared.grain
      ? `has grain ${record.grain} where ${read.source.declared.grain} was asked for`
      : record.cost !== null && !EXACT_AMOUNT.test(record.cost.amount)
        ? 'has a cost that is no decimal number of at most 18 decimals'
        : [record.bytes?.total, record.bytes?.up, record.bytes?.down, record.seconds, record.messages].some(isInexact)
          ? 'has an amount that is no whole number within ±2^53'
          : null;
  if (problem !== null)
    throw new ConnectivityError('contract', `usage record ${record.id} ${problem}`, { provider: record.provider });
}

function isInexact(value: number | null | undefined): boolean {
  return value !== null && value !== undefined && !Number.isSafeInteger(value);
}
