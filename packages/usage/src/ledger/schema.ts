import { inputError } from '@carrierkit/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { inTransaction, rows } from './database-file.js';
import { grainChoice } from './grain-choice.js';

/** Every measured or descriptive column of a usage row that a vendor may correct; the others name the row or are bookkeeping. */
export const FIGURES = [
  'account',
  'kind',
  'direction',
  'grain',
  'started_at',
  'ended_at',
  'bytes',
  'bytes_up',
  'bytes_down',
  'seconds',
  'messages',
  'charged_quantity',
  'charged_unit',
  'cost_type',
  'cost',
  'currency',
  'country',
  'mcc',
  'mnc',
  'operator',
  'technology',
  'roaming',
] as const;

/** The statements that lift a file by one version. */
type Migration = readonly string[];

// Entries are never changed once released.
const MIGRATIONS: readonly Migration[] = [
  [
    `CREATE TABLE usage (
      provider VARCHAR NOT NULL, id VARCHAR NOT NULL, account VARCHAR, iccid VARCHAR, sim_ref VARCHAR, msisdn VARCHAR,
      kind VARCHAR NOT NULL, direction VARCHAR, grain VARCHAR NOT NULL,
      started_at TIMESTAMP NOT NULL, ended_at TIMESTAMP, processed_at TIMESTAMP,
      bytes BIGINT, bytes_up BIGINT, bytes_down BIGINT, seconds BIGINT, messages BIGINT,
      charged_quantity DOUBLE, charged_unit VARCHAR, cost_type VARCHAR NOT NULL, cost DECIMAL(38, 18), currency VARCHAR,
      country VARCHAR, mcc VARCHAR, mnc VARCHAR, operator VARCHAR, technology VARCHAR, roaming BOOLEAN,
      finality VARCHAR NOT NULL, charged_apart BOOLEAN NOT NULL, raw JSON, fetch_id BIGINT NOT NULL)`,
    // What a changed or vanished record said before; the sum of the deltas leads from the first figure told to the present one.
    `CREATE TABLE corrections (
      provider VARCHAR NOT NULL, id VARCHAR NOT NULL, iccid VARCHAR, kind VARCHAR, grain VARCHAR, started_at TIMESTAMP,
      corrected_at TIMESTAMP NOT NULL, reason VARCHAR NOT NULL, fetch_id BIGINT NOT NULL,
      bytes_before BIGINT, bytes_after BIGINT, seconds_before BIGINT, seconds_after BIGINT,
      messages_before BIGINT, messages_after BIGINT,
      cost_before DECIMAL(38, 18), currency_before VARCHAR, cost_after DECIMAL(38, 18), currency_after VARCHAR,
      raw_before JSON)`,
    `CREATE TABLE inventory (
      provider VARCHAR NOT NULL, iccid VARCHAR NOT NULL, ref VARCHAR NOT NULL, state VARCHAR NOT NULL, state_raw VARCHAR,
      account VARCHAR, label VARCHAR, rate_plan VARCHAR, tags VARCHAR[] NOT NULL, attributes MAP(VARCHAR, VARCHAR) NOT NULL,
      valid_from TIMESTAMP NOT NULL, valid_to TIMESTAMP)`,
    `CREATE TABLE inventory_snapshots (provider VARCHAR NOT NULL, read_at TIMESTAMP NOT NULL, sims BIGINT NOT NULL)`,
    `CREATE TABLE sources (
      provider VARCHAR NOT NULL, source VARCHAR NOT NULL, adapter VARCHAR NOT NULL, kinds VARCHAR[] NOT NULL,
      grain VARCHAR NOT NULL, scope VARCHAR NOT NULL, settles_after_hours DOUBLE NOT NULL, tells_cost BOOLEAN NOT NULL,
      tells_country BOOLEAN NOT NULL, tells_direction BOOLEAN NOT NULL, unit JSON)`,
    `CREATE SEQUENCE fetch_ids`,
    `CREATE TABLE fetches (
      id BIGINT NOT NULL, provider VARCHAR NOT NULL, source VARCHAR NOT NULL, window_from TIMESTAMP NOT NULL,
      window_to TIMESTAMP NOT NULL, sims BIGINT, read_at TIMESTAMP NOT NULL, duration_ms BIGINT NOT NULL,
      pages BIGINT NOT NULL, added BIGINT NOT NULL, changed BIGINT NOT NULL, unchanged BIGINT NOT NULL, unit JSON)`,
    // One row per SIM and window that was read to the end; iccid '*' = the whole account at once.
    `CREATE TABLE reads (
      provider VARCHAR NOT NULL, source VARCHAR NOT NULL, iccid VARCHAR NOT NULL, window_from TIMESTAMP NOT NULL,
      window_to TIMESTAMP NOT NULL, read_at TIMESTAMP NOT NULL, settled_to TIMESTAMP NOT NULL, fetch_id BIGINT NOT NULL)`,
    `CREATE TABLE failures (
      provider VARCHAR NOT NULL, source VARCHAR NOT NULL, iccid VARCHAR NOT NULL, window_from TIMESTAMP NOT NULL,
      window_to TIMESTAMP NOT NULL, failed_at TIMESTAMP NOT NULL, error JSON NOT NULL)`,
    `CREATE TABLE runs (key VARCHAR NOT NULL, since BIGINT NOT NULL, started_at TIMESTAMP NOT NULL, last_at TIMESTAMP NOT NULL, finished BOOLEAN NOT NULL)`,
  ],
];

// Views hold nothing, so they are simply made anew with each layout.
const VIEWS: readonly string[] = [
  // A SIM's first snapshot also speaks for the time before it: nobody told us anything else about that time.
  `CREATE OR REPLACE VIEW inventory_validity AS
    SELECT * EXCLUDE (valid_from, valid_to), valid_from AS seen_from, valid_to AS seen_to,
      CASE WHEN row_number() OVER validity = 1 THEN TIMESTAMP '1900-01-01' ELSE valid_from END AS effective_from,
      coalesce(lead(valid_from) OVER validity, TIMESTAMP '9999-01-01') AS effective_to
    FROM inventory WINDOW validity AS (PARTITION BY provider, iccid ORDER BY valid_from)`,
  `CREATE OR REPLACE VIEW usage_v1 AS
    SELECT u.provider, u.id, u.account, u.iccid, u.kind, u.direction, u.grain, u.started_at, u.ended_at,
      u.bytes, u.bytes_up, u.bytes_down, u.seconds, u.messages, u.cost, u.currency, u.cost_type, u.country,
      u.mcc, u.mnc, u.operator, u.technology, u.roaming, u.finality
    FROM usage u LEFT JOIN (${grainChoice("TIMESTAMP '1900-01-01'", "TIMESTAMP '9999-01-01'")}) c
      ON c.provider = u.provider AND c.kind = u.kind AND c.iccid IS NOT DISTINCT FROM u.iccid
      AND c.month = date_trunc('month', u.started_at)
    WHERE c.chosen_grain IS NULL OR c.chosen_grain = u.grain`,
];

/** The version of the file layout that this release writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings a file to the present layout, or leaves it as it was; refuses one that a later release wrote. */
export async function migrate(
  connection: DuckDBConnection,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS ledger_version (version INTEGER NOT NULL)');
  const [row] = await rows(connection, 'SELECT coalesce(max(version), 0) AS version FROM ledger_version');
  const version = Number(row?.['version'] ?? 0);
  const newest = migrations.length;
  if (version > newest)
    throw inputError(
      'ledger',
      `the file has layout ${version}, this release knows ${newest}: update @carrierkit/usage`,
    );
  if (version === newest) return;
  await inTransaction(connection, async () => {
    for (const statement of migrations.slice(version).flat()) await connection.run(statement);
    for (const view of VIEWS) await connection.run(view);
    await connection.run(`DELETE FROM ledger_version; INSERT INTO ledger_version VALUES (${newest})`);
  });
}
