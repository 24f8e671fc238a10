import type { ErrorInfo, Instant } from '@carrierkit/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceInUse, UsageRead } from '../sync/usage-store.js';
import { isOneOf, text, textList, timestamp } from './sql.js';

/** Stands for the iccid where a source tells the whole account at once. */
export const WHOLE_ACCOUNT = '*';

/** The source name under which a failing inventory is noted. */
export const INVENTORY = 'inventory';

const HOUR_MS = 3_600_000;

export async function registerSource(connection: DuckDBConnection, source: SourceInUse): Promise<void> {
  const { declared } = source;
  await connection.run(`DELETE FROM sources WHERE provider = ${text(source.provider)} AND source = ${text(source.name)};
    INSERT INTO sources VALUES (${text(source.provider)}, ${text(source.name)}, ${text(source.adapter)},
      ${textList(source.kinds)}, ${text(declared.grain)}, ${text(declared.scope)}, ${declared.settlesAfterHours},
      ${declared.tells.cost}, ${declared.tells.country}, ${declared.tells.direction},
      ${declared.unit === null ? 'NULL' : text(JSON.stringify(declared.unit))})`);
}

/** Notes a read that reached its end, and forgets the reads and failures it makes obsolete. */
export async function recordRead(
  connection: DuckDBConnection,
  read: UsageRead,
  fetch: { readonly id: string; readonly readAt: Instant },
): Promise<void> {
  const settledTo = Math.min(
    Date.parse(read.window.to),
    Date.parse(fetch.readAt) - read.source.declared.settlesAfterHours * HOUR_MS,
  );
  await connection.run(`DELETE FROM reads WHERE ${within(read)}`);
  // Where no SIM was known yet, the failure stands for them all: whoever is still unread is so for want of a read.
  await connection.run(`DELETE FROM failures WHERE ${within(read, [WHOLE_ACCOUNT])}`);
  const values = namesOf(read).map(
    (
      iccid,
    ) => `(${text(read.source.provider)}, ${text(read.source.name)}, ${text(iccid)}, ${timestamp(read.window.from)},
      ${timestamp(read.window.to)}, ${timestamp(fetch.readAt)}, ${timestamp(new Date(settledTo).toISOString())}, ${fetch.id})`,
  );
  if (values.length > 0) await connection.run(`INSERT INTO reads VALUES ${values.join(', ')}`);
}

/** Notes a read that failed. What an earlier read brought stays, with its older `readAt`. */
export async function recordFailure(
  connection: DuckDBConnection,
  read: UsageRead,
  failure: { readonly error: ErrorInfo; readonly at: Instant },
): Promise<void> {
  await connection.run(`DELETE FROM failures WHERE ${within(read)}`);
  const values = namesOf(read).map(
    (
      iccid,
    ) => `(${text(read.source.provider)}, ${text(read.source.name)}, ${text(iccid)}, ${timestamp(read.window.from)},
      ${timestamp(read.window.to)}, ${timestamp(failure.at)}, ${text(JSON.stringify(failure.error))})`,
  );
  if (values.length > 0) await connection.run(`INSERT INTO failures VALUES ${values.join(', ')}`);
}

function namesOf(read: UsageRead): readonly string[] {
  return read.targets?.map((target) => target.iccid) ?? [WHOLE_ACCOUNT];
}

function within(read: UsageRead, others: readonly string[] = []): string {
  return `provider = ${text(read.source.provider)} AND source = ${text(read.source.name)} AND ${isOneOf('iccid', [...namesOf(read), ...others])}
    AND window_from >= ${timestamp(read.window.from)} AND window_to <= ${timestamp(read.window.to)}`;
}
