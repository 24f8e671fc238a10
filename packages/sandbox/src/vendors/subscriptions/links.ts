import type { VendorRequest } from '../../framework/vendor.js';
import type { SubscriptionsSwitches } from './switches.js';

export interface Link {
  readonly href: string;
  readonly method?: 'GET';
}

/** Makes absolute links below `/enterprise`. */
export interface Links {
  to(request: VendorRequest, path: string): Link;
  order(request: VendorRequest, id: string): Link;
}

const FOREIGN_BASE = 'https://api.staging.1global.com';

export function createLinks({ links }: Pick<SubscriptionsSwitches, 'links'>): Links {
  const foreign = links === 'foreign';
  const to: Links['to'] = (request, path) => ({
    href: `${foreign ? FOREIGN_BASE : request.baseUrl}/enterprise${path}`,
  });
  return {
    to,
    order: (request, id) =>
      foreign ? { href: `${FOREIGN_BASE}/ordering/orders/orders/${id}` } : to(request, `/orders/${id}`),
  };
}
