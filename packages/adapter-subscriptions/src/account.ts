import type { Timing } from '@carrierkit/adapter-kit';
import type { ProviderId } from '@carrierkit/core';
import type { InnerClient } from './operations/index.js';
import type { OrderBook } from './orders/order-book.js';
import type { ResolvedSettings } from './settings.js';
import type { Whereabouts } from './subscriptions/whereabouts.js';

/** One configured account: what every port works with. */
export interface Account {
  readonly provider: ProviderId;
  readonly client: InnerClient;
  readonly timing: Timing;
  readonly settings: ResolvedSettings;
  /** The orders placed here, and what they tell of suspensions. */
  readonly book: OrderBook;
  /** Where SIMs were seen last. */
  readonly whereabouts: Whereabouts;
}
