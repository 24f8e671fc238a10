import {
  type Iccid,
  type Instant,
  type Json,
  msisdnFromVendor,
  type ProviderId,
  toInstant,
  type UsageKind,
  type UsageRecord,
} from '@carrierkit/core';
import { settlesAfterHours } from '../capabilities.js';
import type { UsageItem } from '../operations/usage.js';
import { vendorInstant } from './instant.js';
import { idOf } from './links.js';

const kinds: ReadonlyMap<string, UsageKind> = new Map([
  ['voice', 'voice'],
  ['data', 'data'],
  ['sms', 'sms'],
]);
/** What one of the vendor's units is in ours. Shown are `seconds` and `bytes`; a unit that is missing counts as the one shown, one that is new is not guessed. */
const secondsOf: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['seconds', 1],
  ['minute', 60],
  ['minutes', 60],
]);
const bytesOf: ReadonlyMap<string, number> = new Map([
  ['byte', 1],
  ['bytes', 1],
]);
const shownUnits: Readonly<Record<UsageKind, string | null>> = {
  voice: 'seconds',
  data: 'bytes',
  sms: 'messages',
  other: null,
};
const costTypes: ReadonlyMap<string, UsageRecord['costType']> = new Map([
  ['free', 'free'],
  ['in_bundle', 'inBundle'],
  ['out_of_bundle', 'outOfBundle'],
]);

/** What an item belongs to: it names no SIM. */
export function subscriptionOf(item: UsageItem): readonly string[] {
  const id = idOf(item._links?.subscription);
  return id === null ? [] : [id];
}

/** One usage item. `null` for one without a readable start: no report could place it. */
export function toUsageRecord(
  provider: ProviderId,
  item: UsageItem,
  simOf: (subscription: string) => Iccid | null,
  now: number,
): UsageRecord | null {
  const startedAt = vendorInstant(item.started_at);
  if (startedAt === null) return null;
  const kind = kinds.get(item.type) ?? 'other';
  const [subscription = null] = subscriptionOf(item);
  const direction = item.direction === 'inbound' || item.direction === 'outbound' ? item.direction : null;
  return {
    id: item.id,
    provider,
    account: idOf(item._links?.account),
    iccid: subscription === null ? null : simOf(subscription),
    simRef: subscription,
    msisdn: msisdnFromVendor(direction === 'inbound' ? item.to_msisdn : item.from_msisdn),
    kind,
    direction,
    grain: 'event',
    startedAt,
    endedAt: vendorInstant(item.ended_at),
    processedAt: vendorInstant(item.processed_at),
    ...measured(kind, item),
    charged: chargedOf(kind, item),
    costType: costTypes.get(item.cost_type ?? '') ?? 'unknown',
    cost: null,
    country: countryOf(item.location_country),
    operator: null,
    technology: item.technology ?? null,
    roaming: item.roaming ?? null,
    finality: startedAt < settledBefore(now) ? 'settled' : 'provisional',
    raw: item as Json,
  };
}

function settledBefore(now: number): Instant {
  return toInstant(now - settlesAfterHours * 3_600_000);
}

/** Data is told as one sum of both directions. The unit of SMS is not published; whatever it is called, messages are counted. */
function measured(kind: UsageKind, item: UsageItem): Pick<UsageRecord, 'bytes' | 'seconds' | 'messages'> {
  const bytes = kind === 'data' ? inUnit(item, bytesOf) : null;
  return {
    bytes: bytes === null ? null : { total: bytes, up: null, down: null },
    seconds: kind === 'voice' ? inUnit(item, secondsOf) : null,
    messages: kind === 'sms' ? wholeOf(numberOf(item.quantity)) : null,
  };
}

function inUnit({ quantity, unit }: UsageItem, factors: ReadonlyMap<string, number>): number | null {
  const number = numberOf(quantity);
  const factor = unit ? factors.get(unit.toLowerCase()) : 1;
  return number === null || factor === undefined ? null : wholeOf(number * factor);
}

/** Rounded by the vendor, so it may exceed what was used. */
function chargedOf(kind: UsageKind, item: UsageItem): UsageRecord['charged'] {
  const quantity = numberOf(item.charged_quantity);
  const unit = item.unit || shownUnits[kind];
  return quantity === null || unit === null ? null : { quantity, unit };
}

/** Samples show two letters, or just the word `string`. */
function countryOf(text: string | null | undefined): string | null {
  return text && /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : null;
}

/** A figure, number or text; `null` where none is told. Text that a number cannot hold exactly is none. */
function numberOf(figure: number | string | null | undefined): number | null {
  if (figure === null || figure === undefined || figure === '') return null;
  const number = Number(figure);
  return Number.isFinite(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : null;
}

/** Exact, or not told: what is no whole number is left in `raw`. */
function wholeOf(number: number | null): number | null {
  return Number.isSafeInteger(number) ? number : null;
}
