import type { Iccid, Instant, Msisdn, ProviderId } from '../identifiers/brand.js';
import type { Json } from './json.js';
import type { Money } from './money.js';

/** `other` = what the vendor counts besides (a fee, a service), or a kind new to us. */
export type UsageKind = 'data' | 'sms' | 'voice' | 'other';
/** One record stands for one session, message or call (`event`), or for the sum of a day or month by the vendor's clock. */
export type Grain = 'event' | 'day' | 'month';

/** One measured amount of usage. `null` = the vendor did not tell, never zero. */
export interface UsageRecord {
  /** The vendor's id, else the name of the cell (provider, sim, kind, direction, grain, start, country, operator): never a measured value, so that a corrected figure replaces the old one. */
  readonly id: string;
  readonly provider: ProviderId;
  readonly account: string | null;
  readonly iccid: Iccid | null;
  readonly simRef: string | null;
  readonly msisdn: Msisdn | null;
  readonly kind: UsageKind;
  /** Seen from the SIM: outbound = mobile originated, inbound = mobile terminated; `null` = both or not told. */
  readonly direction: 'outbound' | 'inbound' | null;
  readonly grain: Grain;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly processedAt: Instant | null;
  /** Safe integers. */
  readonly bytes: { readonly total: number; readonly up: number | null; readonly down: number | null } | null;
  readonly seconds: number | null;
  readonly messages: number | null;
  /** The vendor's charged quantity in the vendor's unit; may exceed the consumed one. */
  readonly charged: { readonly quantity: number; readonly unit: string } | null;
  readonly costType: 'free' | 'inBundle' | 'outOfBundle' | 'unknown';
  readonly cost: Money | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly operator: { readonly mcc: string | null; readonly mnc: string | null; readonly name: string | null } | null;
  readonly technology: string | null;
  readonly roaming: boolean | null;
  readonly finality: 'provisional' | 'settled' | 'corrected';
  readonly raw: Json;
}
