import {
  type Grain,
  type Iccid,
  type Instant,
  instantFrom,
  type Json,
  moneyFromVendor,
  type ProviderId,
  type UsageKind,
  type UsageRecord,
  usageCellId,
} from '@carrierkit/core';
import type { Counter } from '../operations/statistics.js';

/** Whose figures these are, and of which time. */
export interface UsageCell {
  readonly provider: ProviderId;
  readonly iccid: Iccid;
  readonly simRef: string;
  readonly grain: Grain;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly finality: UsageRecord['finality'];
}

/** How the vendor's figures are to be read: see the settings of the same names. */
export interface UsageReading {
  readonly megabyte: number;
  readonly smsDirection: 'terminated' | 'originated';
}

interface Measured {
  readonly direction?: UsageRecord['direction'];
  readonly bytes?: UsageRecord['bytes'];
  readonly messages?: number | null;
  readonly cost?: UsageRecord['cost'];
  /** Tells the cell apart from others of the same SIM, kind and time. */
  readonly part?: string;
}

const satellite = 'satellite';

/** Data: `tx` was sent by the device, `rx` received; the vendor's MB become whole bytes. Nothing where no volume is told. */
export function dataRecords(
  cell: UsageCell,
  counter: Counter,
  { megabyte }: UsageReading,
  technology: typeof satellite | null = null,
): readonly UsageRecord[] {
  const bytesOf = (figure: Counter['volume']) => wholeOf(figure, megabyte);
  const [up, down] = [bytesOf(counter.volume_tx), bytesOf(counter.volume_rx)];
  const total = bytesOf(counter.volume) ?? (up !== null && down !== null ? up + down : null);
  if (total === null) return [];
  return [record(cell, 'data', counter, technology, { bytes: { total, up, down }, cost: costOf(counter) })];
}

/**
 * SMS: a record for each direction. The cost is told for both together, so it stands in a record of its own, without direction and count:
 * put on one direction it would be untrue, split it would be invented.
 */
export function smsRecords(
  cell: UsageCell,
  counter: Counter,
  { smsDirection }: UsageReading,
  technology: typeof satellite | null = null,
): readonly UsageRecord[] {
  const [tx, rx] = [wholeOf(counter.volume_tx), wholeOf(counter.volume_rx)];
  const cost = costOf(counter);
  const make = (measured: Measured) => record(cell, 'sms', counter, technology, measured);
  if (tx === null || rx === null) {
    const messages = wholeOf(counter.volume);
    return messages === null ? [] : [make({ messages, cost })];
  }
  const [outbound, inbound] = smsDirection === 'terminated' ? [tx, rx] : [rx, tx];
  return [
    make({ direction: 'outbound', messages: outbound }),
    make({ direction: 'inbound', messages: inbound }),
    ...(cost === null ? [] : [make({ cost, part: 'cost' })]),
  ];
}

/** The satellite figures of a day, told apart from the others by their technology. */
export function satelliteRecords(
  cell: UsageCell,
  day: { readonly sat_geo_data?: Counter | null | undefined; readonly sat_geo_sms?: Counter | null | undefined },
  reading: UsageReading,
): readonly UsageRecord[] {
  const { sat_geo_data: data, sat_geo_sms: sms } = day;
  return [
    ...(data ? dataRecords(cell, data, reading, satellite) : []),
    ...(sms ? smsRecords(cell, sms, reading, satellite) : []),
  ];
}

function record(
  cell: UsageCell,
  kind: UsageKind,
  counter: Counter,
  technology: string | null,
  { direction = null, bytes = null, messages = null, cost = null, part }: Measured,
): UsageRecord {
  const parts = [technology, part].filter((name) => name != null);
  const { provider, iccid, simRef, grain, startedAt } = cell;
  const names = { provider, iccid, simRef, kind, direction, grain, startedAt, country: null, operator: null };
  return {
    id: usageCellId(parts.length === 0 ? names : { ...names, part: parts.join(' ') }),
    provider: cell.provider,
    account: null,
    iccid: cell.iccid,
    simRef: cell.simRef,
    msisdn: null,
    kind,
    direction,
    grain: cell.grain,
    startedAt: cell.startedAt,
    endedAt: cell.endedAt,
    processedAt: instantFrom(counter.last_updated),
    bytes,
    seconds: null,
    messages,
    charged: null,
    costType: 'unknown',
    cost,
    country: null,
    operator: null,
    technology,
    roaming: null,
    finality: cell.finality,
    raw: counter as Json,
  };
}

/** Only with amount and currency is anything told; a missing cost is not zero. */
function costOf({ cost, currency }: Counter): UsageRecord['cost'] {
  return moneyFromVendor(cost, currency?.code);
}

/** A figure, number or text, in whole units; `null` where none is told. */
function wholeOf(figure: Counter['volume'], unit = 1): number | null {
  if (figure === null || figure === undefined || figure === '') return null;
  const whole = Math.round(Number(figure) * unit);
  return Number.isSafeInteger(whole) && whole >= 0 ? whole : null;
}
