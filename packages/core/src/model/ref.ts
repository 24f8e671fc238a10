import type { ProviderId } from '../identifiers/brand.js';

/** Something of a provider's that is no SIM: an order, a message, a template. `provider:id` on the command line. */
export interface Ref {
  readonly provider: ProviderId;
  readonly id: string;
}
