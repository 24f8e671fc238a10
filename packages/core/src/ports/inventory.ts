import type { ProviderId } from '../identifiers/brand.js';
import type { Sim, SimChanges, SimFilter, SimTarget } from '../model/sim.js';
import type { SimOutcome } from '../outcomes/outcome.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';

/** The SIMs of an account: find them, read them, label them, add new ones. */
export interface SimInventory {
  /** SIMs that the filter matches (all without one), read while they are walked through. The order is the vendor's, and stable. */
  list(filter?: SimFilter, options?: CallOptions): PagedList<Sim>;
  /** One SIM as it is now. @throws `not-found` */
  get(sim: SimTarget, options?: CallOptions): Promise<Sim>;
  /** Changes labels, tags or attributes. One outcome per SIM, in their order; throws for none of them. */
  update?(
    request: { readonly sims: readonly SimTarget[]; readonly changes: SimChanges },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  /** PINs and PUKs: the one door to them, they are on no `Sim` and in no log. @throws `not-found` */
  secrets?(sim: SimTarget, options?: CallOptions): Promise<SimSecrets>;
  readonly batches?: SimBatches;
}
/** `null` = not told. */
export interface SimSecrets {
  readonly pin1: string | null;
  readonly pin2: string | null;
  readonly puk1: string | null;
  readonly puk2: string | null;
}
/** Can this batch be registered, and if not, why? */
export interface BatchCheck {
  readonly provider: ProviderId;
  readonly code: string;
  readonly registrable: boolean;
  /** How many SIMs it holds; `null` = not told. */
  readonly quantity: number | null;
  readonly reason: 'already-registered' | 'unknown-code' | 'foreign-sims' | null;
}
/** Batches of new SIMs, registered by the code on the box (emnify: BIC). */
export interface SimBatches {
  /** Asks about a code without changing anything. */
  validate(
    batch: { readonly code: string; readonly provider?: ProviderId },
    options?: CallOptions,
  ): Promise<BatchCheck>;
  /** Takes the batch into the account and reads its SIMs back: one outcome per SIM. */
  register(
    batch: { readonly code: string; readonly state: 'inventory' | 'active' | 'test'; readonly provider?: ProviderId },
    options?: WriteOptions,
  ): Promise<{ readonly code: string; readonly outcomes: readonly SimOutcome[] }>;
}
