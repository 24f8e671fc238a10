import type { ProviderId } from '../identifiers/brand.js';
import type { Sim, SimChanges, SimFilter, SimTarget } from '../model/sim.js';
import type { SimOutcome } from '../outcomes/outcome.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';

export interface SimInventory {
  list(filter?: SimFilter, options?: CallOptions): PagedList<Sim>;
  get(sim: SimTarget, options?: CallOptions): Promise<Sim>;
  update?(
    request: { readonly sims: readonly SimTarget[]; readonly changes: SimChanges },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  secrets?(sim: SimTarget, options?: CallOptions): Promise<SimSecrets>;
  readonly batches?: SimBatches;
}
export interface SimSecrets {
  readonly pin1: string | null;
  readonly pin2: string | null;
  readonly puk1: string | null;
  readonly puk2: string | null;
}
export interface BatchCheck {
  readonly provider: ProviderId;
  readonly code: string;
  readonly registrable: boolean;
  readonly quantity: number | null;
  readonly reason: 'already-registered' | 'unknown-code' | 'foreign-sims' | null;
}
export interface SimBatches {
  validate(
    batch: { readonly code: string; readonly provider?: ProviderId },
    options?: CallOptions,
  ): Promise<BatchCheck>;
  register(
    batch: { readonly code: string; readonly state: 'inventory' | 'active' | 'test'; readonly provider?: ProviderId },
    options?: WriteOptions,
  ): Promise<{ readonly code: string; readonly outcomes: readonly SimOutcome[] }>;
}
