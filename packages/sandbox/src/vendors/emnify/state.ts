import type { VendorContext } from '../../framework/vendor.js';
import type { EndpointStore } from './endpoint-store.js';
import type { EventLog } from './event-log.js';
import type { SimStore } from './sim-store.js';
import type { EmnifySwitches } from './switches.js';

/** What the operations of this vendor share. */
export interface EmnifyState {
  readonly context: VendorContext<EmnifySwitches>;
  readonly switches: EmnifySwitches;
  readonly sims: SimStore;
  readonly endpoints: EndpointStore;
  readonly events: EventLog;
}
