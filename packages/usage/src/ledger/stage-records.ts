import type { Iccid, UsageRecord } from '@carrierkit/core';
import { ConnectivityError } from '@carrierkit/core';
import type { UsageRead } from '../sync/usage-store.js';
import type { StagingFile } from './staging-file.js';

/** The columns of a staged record as `read_json` wants them: those of the ledger's table, with `n` for its line. */
export const STAGED_COLUMNS = `{n: 'BIGINT', id: 'VARCHAR', account: 'VARCHAR', iccid: 'VARCHAR', sim_ref: 'VARCHAR', msisdn: 'VARCHAR', kind: 'VARCHAR',
  direction: 'VARCHAR', grain: 'VARCHAR', started_at: 'TIMESTAMP', ended_at: 'TIMESTAMP', processed_at: 'TIMESTAMP',
  bytes: 'BIGINT', bytes_up: 'BIGINT', bytes_down: 'BIGINT', seconds: 'BIGINT', messages: 'BIGINT',
  charged_quantity: 'DOUBLE', charged_unit: 'VARCHAR', cost_type: 'VARCHAR', cost: 'DECIMAL(38, 18)', currency: 'VARCHAR',
  country: 'VARCHAR', mcc: 'VARCHAR', mnc: 'VARCHAR', operator: 'VARCHAR', technology: 'VARCHAR', roaming: 'BOOLEAN',
  finality: 'VARCHAR', raw: 'JSON'}`;

const EXACT_AMOUNT = /^-?\d{1,20}(\.\d{1,18})?$/;

/**
 * Streams the records of one read into the staging file; refuses what the ledger could not keep exactly.
 * `costApart`: whether some records tell nothing but a cost.
 */
export async function stageRecords(
  staging: StagingFile,
  read: UsageRead,
  records: AsyncIterable<UsageRecord>,
): Promise<{ readonly costApart: boolean }> {
  const { from, to } = read.window;
  const kinds = new Set(read.source.kinds);
  const iccidByRef = new Map<string, Iccid>(read.targets?.map((target) => [target.ref, target.iccid]));
  let costApart = false;
  for await (const record of records) {
    // A vendor whose bounds are inclusive tells the first instant of the next window too; that window asks for it itself.
    if (record.startedAt < from || record.startedAt >= to || !kinds.has(record.kind)) continue;
    assertExact(record, read);
    const iccid = record.iccid ?? (record.simRef === null ? undefined : iccidByRef.get(record.simRef));
    staging.add(stagedRow(record, iccid));
    costApart ||= record.cost !== null && (record.bytes ?? record.seconds ?? record.messages) === null;
  }
  staging.flush();
  return { costApart };
}

/** What was not told is left away: a record names few of its columns, and both sides of the file work for each name. */
function stagedRow(record: UsageRecord, iccid: Iccid | undefined): object {
  return {
    id: record.id,
    account: record.account ?? undefined,
    iccid,
    sim_ref: record.simRef ?? undefined,
    msisdn: record.msisdn ?? undefined,
    kind: record.kind,
    direction: record.direction ?? undefined,
    grain: record.grain,
    started_at: record.startedAt,
    ended_at: record.endedAt ?? undefined,
    processed_at: record.processedAt ?? undefined,
    bytes: record.bytes?.total,
    bytes_up: record.bytes?.up ?? undefined,
    bytes_down: record.bytes?.down ?? undefined,
    seconds: record.seconds ?? undefined,
    messages: record.messages ?? undefined,
    charged_quantity: record.charged?.quantity,
    charged_unit: record.charged?.unit,
    cost_type: record.costType,
    cost: record.cost?.amount,
    currency: record.cost?.currency,
    country: record.country ?? undefined,
    mcc: record.operator?.mcc ?? undefined,
    mnc: record.operator?.mnc ?? undefined,
    operator: record.operator?.name ?? undefined,
    technology: record.technology ?? undefined,
    roaming: record.roaming ?? undefined,
    finality: record.finality,
    raw: record.raw,
  };
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
