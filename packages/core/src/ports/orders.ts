import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { Iccid, Instant, ProviderId } from '../identifiers/brand.js';
import type { Json } from '../model/json.js';
import type { Known } from '../model/known.js';
import type { Ref } from '../model/ref.js';
import type { SimTarget } from '../model/sim.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';

/** What can be ordered for an account: a new subscription, another SIM for one, or its suspension and return. */
export type OrderRequest = { readonly provider?: ProviderId; readonly account: string } & (
  | {
      readonly type: 'activate';
      readonly template: string;
      readonly subscriber: {
        readonly firstName: string;
        readonly lastName: string;
        readonly email: string;
        readonly employeeId?: string;
        readonly group?: string;
      };
      readonly delivery: OrderDelivery;
    }
  | { readonly type: 'replace-sim'; readonly sim: SimTarget; readonly delivery: OrderDelivery }
  | { readonly type: 'suspend' | 'resume'; readonly sim: SimTarget; readonly reason?: string }
);
/** How the activation code of an eSIM reaches its user: by e-mail, or by a call that the vendor does not publish. */
export type OrderDelivery =
  | { readonly by: 'email'; readonly to: readonly string[]; readonly cc?: readonly string[] }
  | { readonly by: 'api' };
/** An order as the vendor tells it now. ICCID and SIM handle are `null` until it is completed, unless told earlier. */
export interface Order extends Ref {
  readonly type: Known<OrderRequest['type']>;
  readonly state: Known<'pending' | 'completed' | 'failed'>;
  readonly iccid: Iccid | null;
  readonly simRef: string | null;
  readonly placedAt: Instant | null;
  readonly raw: Json;
}
/** An order placed in a run. 'applied' = completed. It names no subscriber: outcomes go into the journal. */
export type OrderOutcome = {
  readonly provider: ProviderId | null;
  readonly type: OrderRequest['type'];
  readonly iccid: Iccid | null;
} & (
  | { readonly status: 'accepted' | 'applied'; readonly order: Ref }
  | { readonly status: 'failed' | 'unknown'; readonly error: ErrorInfo }
);
/** Ordering, at vendors where a subscription comes about by an order. */
export interface Orders {
  /** Places one order. @throws with `effect: 'unknown'` when it may have been placed: it is not placed again */
  place(request: OrderRequest, options?: WriteOptions): Promise<Order>;
  /** @throws `not-found` */
  get(order: Ref, options?: CallOptions): Promise<Order>;
  /** Reads until the order is completed or failed. */
  wait(order: Ref, options?: CallOptions): Promise<Order>;
  /** The account's orders; where the vendor cannot list them (`emulated`), those placed through this library. */
  list(filter?: { readonly providers?: readonly ProviderId[] }, options?: CallOptions): PagedList<Order>;
  /** What `activate` can be asked for. */
  templates(
    filter?: { readonly providers?: readonly ProviderId[] },
    options?: CallOptions,
  ): PagedList<Ref & { readonly name: string | null; readonly raw: Json }>;
}
