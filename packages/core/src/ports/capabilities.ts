import type { SimFilter } from '../model/sim.js';
import type { Grain, UsageKind } from '../model/usage-record.js';
import type { TransitionTable } from '../transitions/table.js';

/**
 * How a provider comes to an ability. `native`: a documented vendor call. `emulated`: put together from other calls, slower or weaker; the adapter's guide says how.
 * `undocumented`: the vendor has it but does not publish it. `none`: not at all; the member of the port is then absent.
 */
export type Support = 'native' | 'emulated' | 'undocumented' | 'none';
/** What a provider may be able to do, named as the ports are. `messaging.toSim` and `messaging.toMsisdn`: which recipients `send` takes. */
export type Ability =
  | 'inventory.list'
  | 'inventory.get'
  | 'inventory.update'
  | 'inventory.secrets'
  | 'inventory.batches'
  | 'lifecycle.change'
  | 'lifecycle.setServices'
  | 'lifecycle.ratePlans'
  | 'lifecycle.orders'
  | 'lifecycle.orders.list'
  | 'messaging.send'
  | 'messaging.toSim'
  | 'messaging.toMsisdn'
  | 'messaging.delivery'
  | 'messaging.list'
  | 'messaging.cancel'
  | 'usage.records';
/** One way to read usage. Scope and window tell a sync how to cut its work: a report on the whole account, or a call per SIM and month. */
export interface UsageSource {
  readonly kinds: readonly UsageKind[];
  /** How fine the records are. */
  readonly grain: Grain;
  /** Does one call read the whole account, or one SIM? */
  readonly scope: 'account' | 'sim';
  /** The longest window of one call, in UTC days. */
  readonly windowDays: number;
  /** How far back the vendor remembers; `null` = not told. */
  readonly retentionDays: number | null;
  /** After this the figures of a day change no more (as far as the vendor says). */
  readonly settlesAfterHours: number;
  /** What the records tell besides the amount. */
  readonly tells: { readonly direction: boolean; readonly country: boolean; readonly cost: boolean };
  /** Bytes in the vendor's unit, and how sure we are. */
  readonly unit: { readonly name: string; readonly bytes: number; readonly basis: 'documented' | 'inferred' } | null;
}
/** What a caller may expect of a provider, as data. The conformance suite proves every entry. */
export interface Capabilities {
  readonly supports: Readonly<Record<Ability, Support>>;
  /** Items per page of `inventory.list().pages({ size })`. */
  readonly pageSize: { readonly default: number; readonly max: number };
  /** Members of a filter that the vendor applies itself; the others are applied here, to every SIM of the account. */
  readonly pushedDown: readonly (keyof SimFilter)[];
  /** How many SIMs the adapter puts into one vendor call; callers may pass any number. */
  readonly simsPerCall: { readonly change: number; readonly send: number };
  /** How many calls may be under way at once. */
  readonly parallelCalls: number;
  /** Characters in one SMS text; `null` = no limit is documented. */
  readonly textLimit: number | null;
  /** How long the vendor remembers an idempotency key; `null` = it knows none, or does not say. */
  readonly idempotencyKeyHours: number | null;
  /** True: when a read still shows the old state, the lost write did not happen and may be sent again. False (Truphone): it may be under way. */
  readonly changesApplyAtOnce: boolean;
  readonly transitions: TransitionTable;
  readonly usage: readonly UsageSource[];
}
