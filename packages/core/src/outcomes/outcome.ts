import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { Iccid, Instant, ProviderId } from '../identifiers/brand.js';
import type { SimChanges } from '../model/sim.js';
import type { ServiceName, SimStateName } from '../model/state.js';

export type Wanted =
  | SimStateName
  | { readonly services: Readonly<Partial<Record<ServiceName, 'enabled' | 'disabled'>>> }
  | { readonly ratePlan: string }
  | { readonly changes: SimChanges };
export interface PendingChange {
  readonly provider: ProviderId;
  readonly iccid: Iccid;
  readonly to: Wanted;
  readonly ref: string | null;
  readonly since: Instant;
}
export type SimOutcome = { readonly provider: ProviderId | null; readonly iccid: Iccid } & (
  | { readonly status: 'applied' | 'unchanged' }
  | { readonly status: 'accepted'; readonly pending: PendingChange }
  | { readonly status: 'failed' | 'unknown'; readonly error: ErrorInfo }
);
export type OutcomeStatus = SimOutcome['status'];
export type OutcomeCounts = Readonly<Record<OutcomeStatus, number>>;
