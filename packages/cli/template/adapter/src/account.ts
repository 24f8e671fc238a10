import type { Timing } from '@carrierkit/adapter-kit';
import type { ProviderId } from '@carrierkit/core';
import type { VendorNameClient } from './operations/index.js';
import type { ResolvedSettings } from './settings.js';

/** One configured account: what every port works with. */
export interface Account {
  readonly provider: ProviderId;
  readonly client: VendorNameClient;
  readonly timing: Timing;
  readonly settings: ResolvedSettings;
}
