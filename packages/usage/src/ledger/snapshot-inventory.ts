import type { Instant, ProviderId, Sim } from '@carrierkit/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { LedgerReader } from './ledger.js';
import { text, timestamp } from './sql.js';
import type { StagingFile } from './staging-file.js';

const COLUMNS = `{n: 'BIGINT', iccid: 'VARCHAR', ref: 'VARCHAR', state: 'VARCHAR', stateRaw: 'VARCHAR', account: 'VARCHAR', label: 'VARCHAR',
  ratePlan: 'VARCHAR', tags: 'VARCHAR[]', attributes: 'MAP(VARCHAR, VARCHAR)'}`;
const FACTS = ['ref', 'state', 'state_raw', 'account', 'label', 'rate_plan', 'tags', 'attributes'];

export async function stageSims(staging: StagingFile, sims: AsyncIterable<Sim>): Promise<void> {
  for await (const { iccid, ref, state, account, label, ratePlan, tags, attributes } of sims)
    staging.add({
      iccid,
      ref,
      state: state.value,
      stateRaw: state.raw,
      account,
      label,
      ratePlan,
      tags: [...new Set(tags)].sort(),
      attributes: Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))),
    });
  staging.flush();
}

/** Closes the validity of every SIM that changed or left and opens one for every SIM that changed or came. Within a transaction of the caller. */
export async function mergeInventory(
  connection: DuckDBConnection,
  staging: StagingFile,
  { provider, readAt }: { readonly provider: ProviderId; readonly readAt: Instant },
): Promise<{ readonly sims: number }> {
  const at = timestamp(readAt);
  const who = text(provider);
  const facts = (alias: string) => `(${FACTS.map((column) => `${alias}.${column}`).join(', ')})`;
  await connection.run(`CREATE TEMP TABLE listed AS
    SELECT iccid, ref, state, stateRaw AS state_raw, account, label, ratePlan AS rate_plan, tags, attributes
    FROM read_json(${text(staging.path)}, format = 'newline_delimited', columns = ${COLUMNS}, maximum_object_size = ${staging.longestLine})
    QUALIFY row_number() OVER (PARTITION BY iccid ORDER BY n DESC) = 1`);
  await connection.run(`CREATE TEMP TABLE ended AS
    SELECT i.rowid AS known_row, i.valid_from FROM inventory i LEFT JOIN listed l ON l.iccid = i.iccid
    WHERE i.provider = ${who} AND i.valid_to IS NULL AND (l.iccid IS NULL OR ${facts('l')} IS DISTINCT FROM ${facts('i')})`);
  // An interval that began with this very snapshot would be empty: it is replaced, not closed.
  await connection.run(`DELETE FROM inventory WHERE rowid IN (SELECT known_row FROM ended WHERE valid_from >= ${at})`);
  await connection.run(
    `UPDATE inventory SET valid_to = ${at} WHERE rowid IN (SELECT known_row FROM ended WHERE valid_from < ${at})`,
  );
  await connection.run(`INSERT INTO inventory
    SELECT ${who}, l.iccid, l.ref, l.state, l.state_raw, l.account, l.label, l.rate_plan, l.tags, l.attributes, ${at}, NULL
    FROM listed l ANTI JOIN (SELECT iccid FROM inventory WHERE provider = ${who} AND valid_to IS NULL) known ON known.iccid = l.iccid`);
  await connection.run(`DELETE FROM inventory_snapshots WHERE provider = ${who} AND read_at = ${at};
    INSERT INTO inventory_snapshots SELECT ${who}, ${at}, count(*) FROM listed`);
  const reader = await connection.runAndReadAll('SELECT count(*) AS sims FROM listed');
  await connection.run('DROP TABLE listed; DROP TABLE ended');
  return { sims: Number(reader.getRowObjectsJson()[0]?.['sims'] ?? 0) };
}

/** How many SIMs the last inventory listed; `null` where there is none. */
export async function snapshotSize(ledger: LedgerReader, provider: ProviderId): Promise<number | null> {
  const [row] = await ledger.query(
    `SELECT sims FROM inventory_snapshots WHERE provider = ${text(provider)} ORDER BY read_at DESC LIMIT 1`,
  );
  return row ? Number(row['sims']) : null;
}
