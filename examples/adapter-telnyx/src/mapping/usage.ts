import {
  epochMs,
  type Iccid,
  type Instant,
  instantFrom,
  type Json,
  moneyFromVendor,
  msisdnFromVendor,
  type ProviderId,
  type UsageRecord,
} from '@carrierkit/core';
import type { SimCardUsage } from '../operations/detail-records.js';

/** What a session needs to become a record beside what it tells itself. */
export interface SessionReading {
  readonly provider: ProviderId;
  /** `null`: the SIM is in the account no more. */
  readonly iccid: Iccid | null;
  /** Bytes in the vendor's MB. */
  readonly megabyte: number;
  /** Sessions that ended before this change no more. */
  readonly settledBefore: number;
}

/** One session as a record. `null` without a readable start: it belongs to no window. */
export function toRecord(session: SimCardUsage, reading: SessionReading): UsageRecord | null {
  const startedAt = instantFrom(session.created_at);
  if (startedAt === null) return null;
  const endedAt = instantFrom(session.closed_at);
  return {
    id: session.id,
    provider: reading.provider,
    account: null,
    iccid: reading.iccid,
    simRef: session.sim_card_id ?? null,
    msisdn: msisdnFromVendor(session.phone_number),
    kind: 'data',
    direction: null,
    grain: 'event',
    startedAt,
    endedAt,
    processedAt: null,
    bytes: bytesOf(session, reading.megabyte),
    seconds: null,
    messages: null,
    charged: null,
    costType: 'unknown',
    cost: moneyFromVendor(session.data_cost, session.currency),
    country: null,
    operator: operatorOf(session),
    technology: null,
    roaming: null,
    finality: finalityOf(endedAt, reading.settledBefore),
    raw: session as Json,
  };
}

/** Megabytes up and down (documented; `data_unit` repeats it). Another unit is one that nobody has told us of: no figure rather than a wrong one. */
function bytesOf({ uplink_data, downlink_data, data_unit }: SimCardUsage, megabyte: number): UsageRecord['bytes'] {
  if (data_unit != null && data_unit !== 'MB') return null;
  const [up, down] = [wholeOf(uplink_data, megabyte), wholeOf(downlink_data, megabyte)];
  if (up === null || down === null || !Number.isSafeInteger(up + down)) return null;
  return { total: up + down, up, down };
}

function wholeOf(figure: string | number | null | undefined, megabyte: number): number | null {
  if (figure === null || figure === undefined || figure === '') return null;
  const bytes = Math.round(Number(figure) * megabyte);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

function operatorOf({ mcc, mnc }: SimCardUsage): UsageRecord['operator'] {
  return mcc == null ? null : { mcc, mnc: mnc ?? null, name: null };
}

function finalityOf(endedAt: Instant | null, settledBefore: number): UsageRecord['finality'] {
  return endedAt !== null && epochMs(endedAt) < settledBefore ? 'settled' : 'provisional';
}
