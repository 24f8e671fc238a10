import type { SimFilter } from '../model/sim.js';
import type { Grain, UsageKind } from '../model/usage-record.js';
import type { TransitionTable } from '../transitions/table.js';

export type Support = 'native' | 'emulated' | 'undocumented' | 'none';
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
export interface UsageSource {
  readonly kinds: readonly UsageKind[];
  readonly grain: Grain;
  readonly scope: 'account' | 'sim';
  readonly windowDays: number;
  readonly retentionDays: number | null;
  readonly settlesAfterHours: number;
  readonly tells: { readonly direction: boolean; readonly country: boolean; readonly cost: boolean };
  /** Bytes in the vendor's unit, and how sure we are. */
  readonly unit: { readonly name: string; readonly bytes: number; readonly basis: 'documented' | 'inferred' } | null;
}
export interface Capabilities {
  readonly supports: Readonly<Record<Ability, Support>>;
  readonly pageSize: { readonly default: number; readonly max: number };
  readonly pushedDown: readonly (keyof SimFilter)[];
  readonly simsPerCall: { readonly change: number; readonly send: number };
  readonly parallelCalls: number;
  readonly textLimit: number | null;
  readonly idempotencyKeyHours: number | null;
  /** True: when a read still shows the old state, the lost write did not happen and may be sent again. False (Truphone): it may be under way. */
  readonly changesApplyAtOnce: boolean;
  readonly transitions: TransitionTable;
  readonly usage: readonly UsageSource[];
}
