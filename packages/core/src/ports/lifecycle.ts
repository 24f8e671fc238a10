import type { ProviderId } from '../identifiers/brand.js';
import type { SimTarget } from '../model/sim.js';
import type { ServiceName, SettableState } from '../model/state.js';
import type { PendingChange, SimOutcome } from '../outcomes/outcome.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';
import type { Orders } from './orders.js';

export interface Lifecycle {
  /** One move per SIM, never a detour. An irreversible rule needs `irreversible: true`. 'retired' is whatever ends a SIM at that vendor (Truphone RETIRED, emnify delete). */
  change(
    request: { readonly sims: readonly SimTarget[]; readonly to: SettableState; readonly irreversible?: true },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  /** Reads back until done, failed or the deadline; what is still open comes back as 'accepted'. */
  confirm(pending: readonly PendingChange[], options?: CallOptions): Promise<readonly SimOutcome[]>;
  setServices?(
    request: {
      readonly sims: readonly SimTarget[];
      readonly services: Readonly<Partial<Record<ServiceName, 'enabled' | 'disabled'>>>;
    },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  readonly ratePlans?: RatePlans;
  readonly orders?: Orders;
}
export interface RatePlans {
  list(options?: CallOptions): PagedList<{ readonly provider: ProviderId; readonly id: string; readonly name: string }>;
  change(
    request: { readonly sims: readonly SimTarget[]; readonly plan: string },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  cancelChange(
    request: { readonly sims: readonly SimTarget[] },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
}
