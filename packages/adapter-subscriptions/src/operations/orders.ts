import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { accountId, id, page, pageLinks, phoneNumber, subscriptionId, templateId } from './shapes.js';

const email = (z: Zod) => z.string().regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address');

const newSimProfile = (z: Zod) =>
  z.strictObject({
    sim_type: z.literal('esim'),
    delivery: z.union([
      z.strictObject({ type: z.literal('email'), to: z.array(email(z)).min(1), cc: z.array(email(z)).optional() }),
      z.strictObject({ type: z.literal('api') }),
    ]),
  });

/** What the vendor takes: activate (vendor page), change_sim_profile and resume (public pages), suspend (its literal is inferred). No type ends a subscription. */
const newOrder = (z: Zod) =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('activate_subscription'),
      account_id: accountId(z),
      template_id: templateId(z),
      subscriber: z.strictObject({
        first_name: z.string().min(1),
        last_name: z.string().min(1),
        email: email(z),
        employee_id: z.string().optional(),
        group: z.string().optional(),
      }),
      sim_profile: newSimProfile(z),
    }),
    z.strictObject({
      type: z.literal('change_sim_profile'),
      account_id: accountId(z),
      subscription_id: subscriptionId(z),
      sim_profile: newSimProfile(z),
    }),
    z.strictObject({
      type: z.literal('suspend_subscription'),
      account_id: accountId(z),
      subscription_id: subscriptionId(z),
      reason: z.string().optional(),
    }),
    z.strictObject({
      type: z.literal('resume_subscription'),
      account_id: accountId(z),
      subscription_id: subscriptionId(z),
    }),
  ]);

const order = (z: Zod) =>
  z.object({
    id: id(z),
    status: z.string(),
    type: z.string(),
    account_id: z.string().nullish(),
    subscription_id: z.string().nullish(),
    sim_profile: z.object({ iccid: z.string().nullish() }).nullish(),
    phone_numbers: z.array(phoneNumber(z)).nullish(),
  });

export type OrderEntry = z.output<ReturnType<typeof order>>;
export type NewOrder = z.input<ReturnType<typeof newOrder>>;

export const createOrder = operation({
  method: 'POST',
  path: '/orders',
  server: '/enterprise',
  answer: 'json',
  repeat: 'unsafe',
  keyHeader: 'Idempotency-Key',
  lane: 'orders',
  schemas: (z) => ({ body: newOrder(z), response: order(z) }),
});

export const getOrder = operation({
  method: 'GET',
  path: '/orders/{id}',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'orders',
  schemas: (z) => ({ response: order(z) }),
});

const template = (z: Zod) => z.object({ id: id(z), type: z.string().nullish() });
export type TemplateEntry = z.output<ReturnType<typeof template>>;

export const listOrderTemplates = operation({
  method: 'GET',
  path: '/order-templates',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'order-templates',
  paging: 'cursor',
  schemas: (z) => ({
    query: page(z),
    // An early page shows the list outside `_embedded` and with an underscore.
    response: z.object({
      _embedded: z.object({ 'order-templates': z.array(template(z)).nullish() }).nullish(),
      order_templates: z.array(template(z)).nullish(),
      _links: pageLinks(z),
    }),
  }),
});

export const getOrderTemplate = operation({
  method: 'GET',
  path: '/order-templates/{id}',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'order-templates',
  // One template, or the early page's list of one.
  schemas: (z) => ({ response: z.object({ id: id(z).nullish(), order_templates: z.array(template(z)).nullish() }) }),
});

/** Documented nowhere; used with the setting `listOrders: 'vendor'` only. */
export const listOrders = operation({
  method: 'GET',
  path: '/orders',
  server: '/enterprise',
  answer: 'json',
  repeat: 'safe',
  lane: 'orders',
  paging: 'cursor',
  basis: 'undocumented',
  schemas: (z) => ({
    query: page(z),
    response: z.object({
      _embedded: z.object({ orders: z.array(order(z)).nullish() }).nullish(),
      _links: pageLinks(z),
    }),
  }),
});
