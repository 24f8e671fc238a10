import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { Iccid, Instant, ProviderId } from '../identifiers/brand.js';
import type { SimChanges } from '../model/sim.js';
import type { ServiceName, SimStateName } from '../model/state.js';

/** What was asked for, so that `confirm` can compare: services, plans and labels may be as asynchronous as states. */
export type Wanted =
  | SimStateName
  | { readonly services: Readonly<Partial<Record<ServiceName, 'enabled' | 'disabled'>>> }
  | { readonly ratePlan: string }
  | { readonly changes: SimChanges };
/** A change the vendor has accepted but not finished. Plain data: it survives a restart. */
export interface PendingChange {
  readonly provider: ProviderId;
  readonly iccid: Iccid;
  readonly to: Wanted;
  /** The SIM's handle at the vendor, or the vendor's name for the job. */
  readonly ref: string | null;
  /** When it was accepted. */
  readonly since: Instant;
}
/**
 * What became of a write, for one SIM. `applied`: done. `unchanged`: it was so already. `accepted`: the vendor does it later.
 * `failed`: certainly not done. `unknown`: it may have been done, and is not repeated blindly.
 */
export type SimOutcome = { readonly provider: ProviderId | null; readonly iccid: Iccid } & (
  | { readonly status: 'applied' | 'unchanged' }
  | { readonly status: 'accepted'; readonly pending: PendingChange }
  | { readonly status: 'failed' | 'unknown'; readonly error: ErrorInfo }
);
/** The five ways a write can end. */
export type OutcomeStatus = SimOutcome['status'];
/** How many items ended in each way. */
export type OutcomeCounts = Readonly<Record<OutcomeStatus, number>>;
