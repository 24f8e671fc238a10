import type { ProviderId } from '../identifiers/brand.js';
import type { SimTarget } from '../model/sim.js';
import type { ServiceName, SettableState } from '../model/state.js';
import type { PendingChange, SimOutcome } from '../outcomes/outcome.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';
import type { Orders } from './orders.js';

/** What state a SIM is in, which services it has, what it is charged by. */
export interface Lifecycle {
  /**
   * Sets the state of any number of SIMs: one outcome per SIM, in their order; throws for none of them.
   * One move per SIM, never a detour. An irreversible rule needs `irreversible: true`. 'retired' is whatever ends a SIM at that vendor (Truphone RETIRED, emnify delete).
   * What a closed table forbids fails as `illegal-transition`; nothing is refused or called `unchanged` on stale knowledge. `accepted` = the vendor does it later: `confirm` finds out.
   */
  change(
    request: { readonly sims: readonly SimTarget[]; readonly to: SettableState; readonly irreversible?: true },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  /** Reads back until done, failed or the deadline; what is still open comes back as 'accepted'. */
  confirm(pending: readonly PendingChange[], options?: CallOptions): Promise<readonly SimOutcome[]>;
  /** Switches services on or off; those not named stay as they are. */
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
/** What a SIM is charged by. */
export interface RatePlans {
  /** The plans that SIMs of this account can have. */
  list(options?: CallOptions): PagedList<{ readonly provider: ProviderId; readonly id: string; readonly name: string }>;
  /** Asks for another plan, by its id; the vendor may wait for the next billing cycle. */
  change(
    request: { readonly sims: readonly SimTarget[]; readonly plan: string },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
  /** Takes back a change that has not happened yet. */
  cancelChange(
    request: { readonly sims: readonly SimTarget[] },
    options?: WriteOptions,
  ): Promise<readonly SimOutcome[]>;
}
