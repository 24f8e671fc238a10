import { operation } from '@carrierkit/adapter-kit';
import { ordering, paging } from './shapes.js';
import { subscription } from './sims.js';

export const getSimCardSubscription = operation({
  method: 'GET',
  path: '/api/v2.0/sims/{iccid}/subscription/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: (z) => ({ response: z.object({ subscription: subscription(z) }) }),
});

/** Takes effect at the next billing cycle; sending the plan in force cancels what is pending. */
export const updateSimCardSubscription = operation({
  method: 'PATCH',
  path: '/api/v2.0/sims/{iccid}/subscription/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: (z) => ({ body: z.strictObject({ servicePackId: z.string().min(1).optional() }) }),
});

/** 204 = created, 200 = a pending change was cancelled. Switching at once may count as a top-up each time. */
export const updateSimCardSubscriptionV22 = operation({
  method: 'PATCH',
  path: '/api/v2.2/sims/{iccid}/subscription/',
  answer: 'none',
  repeat: 'unsafe',
  lane: 'account',
  schemas: (z) => ({ body: z.strictObject({ service_pack_id: z.string().min(1), next_billing_cycle: z.boolean() }) }),
});

/** Wants Python's booleans in `supportsTestMode`. The label is the plan's only identifier. */
export const listRatePlans = operation({
  method: 'GET',
  path: '/api/v2.1/rate_plans/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...paging(z),
      ordering: ordering(z),
      servicePackId: z.string().min(1).optional(),
      supportsTestMode: z.enum(['True', 'False']).optional(),
    },
    response: z.array(z.object({ servicePackId: z.string(), supportsTestMode: z.boolean().nullish() })),
  }),
});
