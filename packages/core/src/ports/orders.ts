import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { Iccid, Instant, ProviderId } from '../identifiers/brand.js';
import type { Json } from '../model/json.js';
import type { Known } from '../model/known.js';
import type { SimTarget } from '../model/sim.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';

export interface Ref {
  readonly provider: ProviderId;
  readonly id: string;
}
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
export type OrderDelivery =
  | { readonly by: 'email'; readonly to: readonly string[]; readonly cc?: readonly string[] }
  | { readonly by: 'api' };
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
export interface Orders {
  place(request: OrderRequest, options?: WriteOptions): Promise<Order>;
  get(order: Ref, options?: CallOptions): Promise<Order>;
  wait(order: Ref, options?: CallOptions): Promise<Order>;
  list(filter?: { readonly providers?: readonly ProviderId[] }, options?: CallOptions): PagedList<Order>;
  templates(
    filter?: { readonly providers?: readonly ProviderId[] },
    options?: CallOptions,
  ): PagedList<Ref & { readonly name: string | null; readonly raw: Json }>;
}
