import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { accountId, figure, id, link, page, pageLinks, subscriberId, subscriptionId } from './shapes.js';

const date = (z: Zod) => z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-10-01');

const usageItem = (z: Zod) =>
  z.object({
    id: id(z),
    type: z.string(),
    direction: z.string().nullish(),
    technology: z.string().nullish(),
    from_msisdn: figure(z).nullish(),
    to_msisdn: figure(z).nullish(),
    location_country: z.string().nullish(),
    roaming: z.boolean().nullish(),
    started_at: z.string().nullish(),
    ended_at: z.string().nullish(),
    processed_at: z.string().nullish(),
    quantity: figure(z).nullish(),
    unit: z.string().nullish(),
    charged_quantity: figure(z).nullish(),
    cost_type: z.string().nullish(),
    _links: z.object({ subscription: link(z), account: link(z) }).nullish(),
  });

export type UsageItem = z.output<ReturnType<typeof usageItem>>;

export const listUsageItems = operation({
  method: 'GET',
  path: '/usage/items',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'usage',
  paging: 'cursor',
  schemas: (z) => ({
    // Hyphens here, underscores on products: a wrong name is probably ignored, which would answer everything.
    query: {
      'from-date': date(z).optional(),
      'to-date': date(z).optional(),
      'account-id': accountId(z).optional(),
      'subscription-id': subscriptionId(z).optional(),
      'subscriber-id': subscriberId(z).optional(),
      msisdn: z
        .string()
        .regex(/^\d{12,15}$/, 'expected 12 to 15 digits; shorter numbers cannot be asked for')
        .optional(),
      type: z.array(z.enum(['voice', 'data', 'sms'])).optional(),
      direction: z.enum(['inbound', 'outbound']).optional(),
      'cost-type': z.array(z.enum(['free', 'in_bundle', 'out_of_bundle'])).optional(),
      ...page(z),
    },
    response: z.object({
      _embedded: z.object({ items: z.array(usageItem(z)).nullish() }).nullish(),
      _links: pageLinks(z),
    }),
  }),
});
