import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { Iccid, Instant, Msisdn, ProviderId } from '../identifiers/brand.js';
import type { TimeWindow } from '../instants/time-window.js';
import type { Json } from '../model/json.js';
import type { Known } from '../model/known.js';
import type { Ref } from '../model/ref.js';
import type { SimTarget } from '../model/sim.js';
import type { CallOptions, PagedList, WriteOptions } from '../paging/paged-list.js';

/** A SIM or a number; each adapter resolves the other kind where it can, so that swapping a carrier changes no caller. */
export type Recipient = { readonly sim: SimTarget } | { readonly msisdn: Msisdn };
/** What became of a message. Whether it was sent at all is the outcome's business, not this one's. */
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
/** One per recipient, in their order. `accepted`: the vendor took it; `failed`: it was certainly not sent; `unknown`: it may have been, and is not sent again. */
export type SendOutcome = { readonly provider: ProviderId | null; readonly to: Recipient } & (
  | { readonly status: 'accepted'; readonly message: Ref }
  | { readonly status: 'failed' | 'unknown'; readonly error: ErrorInfo }
);
/** A message as the vendor tells it now. */
export interface Delivery {
  readonly message: Ref;
  readonly to: { readonly iccid: Iccid | null; readonly msisdn: Msisdn | null };
  /** Seen from the platform: outbound = sent to the SIM. */
  readonly direction: 'outbound' | 'inbound';
  readonly state: Known<DeliveryState>;
  readonly submittedAt: Instant | null;
  readonly text: string | null;
  readonly raw: Json;
}
/** Short messages to SIMs. */
export interface Messaging {
  /**
   * Sends a text to any number of recipients; the adapter splits by the vendor's limits. Settles with one outcome per recipient and throws for none of them.
   * A text above `capabilities.textLimit`, or a bare number that nobody can route, is an `input` error before anything is sent. `smsSegments` says what a text costs.
   */
  send(
    message: {
      readonly to: readonly Recipient[];
      readonly text: string;
      readonly from?: string;
      readonly provider?: ProviderId;
    },
    options?: WriteOptions,
  ): Promise<readonly SendOutcome[]>;
  /** What became of a message: one entry per recipient that the vendor tells of. @throws `not-found` */
  delivery?(message: Ref, options?: CallOptions): Promise<readonly Delivery[]>;
  /** Messages of a SIM or of the whole account. */
  list?(filter: { readonly sim?: SimTarget; readonly window?: TimeWindow }, options?: CallOptions): PagedList<Delivery>;
  /** Takes back a message that is not delivered yet. */
  cancel?(message: Ref, options?: WriteOptions): Promise<void>;
}
