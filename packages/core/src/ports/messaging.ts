import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { Iccid, Instant, Msisdn, ProviderId } from '../identifiers/brand.js';
import type { Json } from '../model/json.js';
import type { Known } from '../model/known.js';
import type { SimTarget } from '../model/sim.js';
import type { TimeWindow } from '../model/time-window.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';
import type { Ref } from './orders.js';

export type Recipient = { readonly sim: SimTarget } | { readonly msisdn: Msisdn };
export type DeliveryState =
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'buffered'
  | 'delivered'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'rejected';
export type SendOutcome = { readonly provider: ProviderId | null; readonly to: Recipient } & (
  | { readonly status: 'accepted'; readonly message: Ref }
  | { readonly status: 'failed' | 'unknown'; readonly error: ErrorInfo }
);
export interface Delivery {
  readonly message: Ref;
  readonly to: { readonly iccid: Iccid | null; readonly msisdn: Msisdn | null };
  readonly direction: 'outbound' | 'inbound';
  readonly state: Known<DeliveryState>;
  readonly submittedAt: Instant | null;
  readonly text: string | null;
  readonly raw: Json;
}
export interface Messaging {
  send(
    message: {
      readonly to: readonly Recipient[];
      readonly text: string;
      readonly from?: string;
      readonly provider?: ProviderId;
    },
    options?: WriteOptions,
  ): Promise<readonly SendOutcome[]>;
  delivery?(message: Ref, options?: CallOptions): Promise<readonly Delivery[]>;
  list?(filter: { readonly sim?: SimTarget; readonly window?: TimeWindow }, options?: CallOptions): PagedList<Delivery>;
  cancel?(message: Ref, options?: WriteOptions): Promise<void>;
}
