import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { accountId, figure, id, link, page, pageLinks, subscriberId, subscriptionId } from './shapes.js';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-10-01');

const usageItem = () =>
  z.object({
    id,
    type: z.string(),
    direction: z.string().nullish(),
    technology: z.string().nullish(),
    from_msisdn: figure.nullish(),
    to_msisdn: figure.nullish(),
    location_country: z.string().nullish(),
    roaming: z.boolean().nullish(),
    started_at: z.string().nullish(),
    ended_at: z.string().nullish(),
    processed_at: z.string().nullish(),
    quantity: figure.nullish(),
    unit: z.string().nullish(),
    charged_quantity: figure.nullish(),
    cost_type: z.string().nullish(),
    _links: z.object({ subscription: link, account: link }).nullish(),
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
  schemas: () => ({
    // Hyphens here, underscores on products: a wrong name is probably ignored, which would answer everything.
    query: {
      'from-date': date.optional(),
      'to-date': date.optional(),
      'account-id': accountId.optional(),
      'subscription-id': subscriptionId.optional(),
      'subscriber-id': subscriberId.optional(),
      msisdn: z
        .string()
        .regex(/^\d{12,15}$/, 'expected 12 to 15 digits; shorter numbers cannot be asked for')
        .optional(),
      type: z.array(z.enum(['voice', 'data', 'sms'])).optional(),
      direction: z.enum(['inbound', 'outbound']).optional(),
      'cost-type': z.array(z.enum(['free', 'in_bundle', 'out_of_bundle'])).optional(),
      ...page,
    },
    response: z.object({
      _embedded: z.object({ items: z.array(usageItem()).nullish() }).nullish(),
      _links: pageLinks,
    }),
  }),
});
