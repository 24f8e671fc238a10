import type { Eid, Iccid, Imei, Imsi, Instant, Msisdn, ProviderId } from '../identifiers/brand.js';
import type { Json } from './json.js';
import type { Known } from './known.js';
import type { ServiceName, ServiceState, SimStateName } from './state.js';

/** One SIM as its vendor tells it now. Every member is present; `null` means not told. */
export interface Sim {
  readonly provider: ProviderId;
  readonly iccid: Iccid;
  /** The vendor's own handle (emnify SIM id, subscription id, Truphone: the ICCID). Opaque outside its adapter, safe to store; passed back, it saves the look-up. */
  readonly ref: string;
  readonly eid: Eid | null;
  readonly imsis: readonly Imsi[];
  readonly msisdns: readonly Msisdn[];
  readonly imei: Imei | null;
  readonly state: Known<SimStateName>;
  readonly services: Readonly<Record<ServiceName, ServiceState>>;
  readonly label: string | null;
  readonly ratePlan: string | null;
  readonly account: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly firstActivatedAt: Instant | null;
  /** The vendor's object as received, secret members overwritten. */
  readonly raw: Json;
}

/** What every call that concerns SIMs takes. A `Sim` from a list is one, and then says by itself which provider and which vendor handle. */
export type SimTarget = Iccid | { readonly iccid: Iccid; readonly provider?: ProviderId; readonly ref?: string };

/** A filter means what `matches(sim, filter)` says, for every vendor; pushing it down is an optimisation. Members combine with AND, lists inside a member: `states`, `iccids`, `providers` any of; `tags`, `attributes` all of. */
export interface SimFilter {
  readonly providers?: readonly ProviderId[];
  readonly states?: readonly SimStateName[];
  readonly iccids?: readonly Iccid[];
  readonly msisdn?: Msisdn;
  readonly imsi?: Imsi;
  readonly label?: string;
  readonly account?: string;
  readonly tags?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What a caller may change on a SIM besides its state. `''` clears a label; lists and maps replace the old ones. */
export interface SimChanges {
  readonly label?: string;
  readonly tags?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
}
