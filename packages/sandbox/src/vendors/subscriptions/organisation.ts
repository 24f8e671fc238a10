import type { VendorContext } from '../../framework/vendor.js';
import type { Ids } from './ids.js';
import type { Links } from './links.js';
import type { SubscriptionStore } from './subscription-store.js';
import type { SubscriptionsSwitches } from './switches.js';

/** What the parts of this vendor share. */
export interface Organisation {
  readonly context: VendorContext;
  readonly switches: SubscriptionsSwitches;
  readonly ids: Ids;
  readonly links: Links;
  readonly subscriptions: SubscriptionStore;
}
