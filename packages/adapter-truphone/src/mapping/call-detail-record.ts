import {
  epochMs,
  type Iccid,
  instantFrom,
  type Json,
  msisdnFromVendor,
  type ProviderId,
  type UsageRecord,
} from '@carrierkit/core';
import { settlesAfterHours } from '../capabilities.js';
import type { CallDetailRecord } from '../operations/usage.js';
import { countryCode } from './country.js';

/** By the SIM's view; see the setting `smsDirection`. */
const sent: ReadonlyMap<string, boolean> = new Map([
  ['SMS_OUT', true],
  ['SMS_IN', false],
]);

/** One message; `null` for data sessions, whose `duration` has no stated unit, and for records without a date. */
export function smsRecord(
  provider: ProviderId,
  iccid: Iccid,
  record: CallDetailRecord,
  smsDirection: 'sim' | 'platform',
  now: number,
): UsageRecord | null {
  const isOut = sent.get(record.type);
  const startedAt = instantFrom(record.startDate);
  if (isOut === undefined || startedAt === null) return null;
  const outbound = isOut === (smsDirection === 'sim');
  return {
    id: String(record.id),
    provider,
    account: null,
    iccid,
    simRef: iccid,
    msisdn: msisdnFromVendor(outbound ? record.origin : record.destination),
    kind: 'sms',
    direction: outbound ? 'outbound' : 'inbound',
    grain: 'event',
    startedAt,
    endedAt: instantFrom(record.endDate),
    processedAt: null,
    bytes: null,
    seconds: null,
    messages: 1,
    charged: null,
    costType: 'unknown',
    cost: null,
    country: countryCode(record.country),
    operator: record.network ? { mcc: null, mnc: null, name: record.network } : null,
    technology: null,
    roaming: null,
    finality: epochMs(startedAt) + settlesAfterHours * 3_600_000 <= now ? 'settled' : 'provisional',
    raw: record as Json,
  };
}
