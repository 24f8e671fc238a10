import { operation } from '@carrierkit/adapter-kit';
import { z } from 'zod';
import { dateBound, ordering, paging, text } from './shapes.js';

/** `ACTIVE` or `SUSPENDED`; one client first met booleans. */
const service = z.union([z.string(), z.boolean()]).nullish();

export const subscription = z.object({
  servicePackId: text,
  subscriptionStatus: text,
  bearerServices: z
    .object({ gprs: service, smsMo: service, smsMt: service, voiceMo: service, voiceMt: service })
    .nullish(),
});

/** Of a SIM only what is mapped; the whole object is in `raw`. */
export const simCard = z.object({
  iccid: z.string(),
  label: text,
  primaryMsisdn: text,
  msisdns: z.array(z.string()).nullish(),
  primaryImsi: text,
  imsis: z.array(z.string()).nullish(),
  gsmKeys: z.object({ pin1: text, pin2: text, puk1: text, puk2: text }).nullish(),
  dates: z.object({ firstActivationDate: text }).nullish(),
  /** One client looks for it here. */
  firstActivationDate: text,
  /** Text in v2.2, a bare number or null in the v2.0 list; usually 14 digits, without the check digit. */
  imei: z.union([z.string(), z.number()]).nullish(),
  subscription: subscription.nullish(),
  attributes: z.array(z.object({ label: z.string(), value: text })).nullish(),
  tags: z.array(z.object({ label: z.string() })).nullish(),
  organization: text,
});

/** A SIM as the vendor tells it. */
export type SimCard = z.output<typeof simCard>;

const filter = z.string().min(1).optional();
const simFilters = {
  iccid: filter,
  label: filter,
  description: filter,
  primaryMsisdn: filter,
  msisdns: filter,
  primaryImsi: filter,
  imsis: filter,
  servicePackId: filter,
  tags: filter,
  /** `name:value` pairs joined by commas. */
  attributes: filter,
  pin1: filter,
  pin2: filter,
  puk1: filter,
  puk2: filter,
  provisionDate_from: dateBound,
  provisionDate_to: dateBound,
  shippingDate_from: dateBound,
  shippingDate_to: dateBound,
  deliveryDate_from: dateBound,
  deliveryDate_to: dateBound,
  firstActivationDate_from: dateBound,
  firstActivationDate_to: dateBound,
  subscriptionStatus: filter,
  apn: filter,
  simType: filter,
  locationTag_label: filter,
  organization: filter,
} as const;

const simCardStatus = z.object({
  iccid: z.string(),
  date: text,
  status: z.union([
    z.string(),
    z.object({ sim_card_service: text, data_service: text, sms_mo_service: text, sms_mt_service: text }),
  ]),
  test_state_start_date: text,
  allowed_data: text,
  allowed_time: text,
  remaining_data: text,
  remaining_time: text,
});

/** The body is a bare array; paging facts are in `Link` only, and no total is told. */
export const listSimCards = operation({
  method: 'GET',
  path: '/api/v2.2/sims/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: () => ({
    query: {
      ...paging,
      ordering,
      ...simFilters,
      testStateStartDate_from: dateBound,
      testStateStartDate_to: dateBound,
    },
    response: z.array(simCard),
  }),
});

export const getSimCard = operation({
  method: 'GET',
  path: '/api/v2.2/sims/{iccid}/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: () => ({ response: simCard }),
});

/** 202 with `{}`: it happens later. Rate plan, state, tags and attributes have operations of their own. */
export const updateSimCard = operation({
  method: 'PATCH',
  path: '/api/v2.2/sims/{iccid}/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: () => ({
    body: z.strictObject({
      label: z.string().optional(),
      description: z.string().optional(),
      organization: z.string().optional(),
    }),
  }),
});

/** Documented as text with counters of the Test state; read by clients as an object of four service states. */
export const getSimCardStatus = operation({
  method: 'GET',
  path: '/api/v2.2/sims/{iccid}/status/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: () => ({ response: simCardStatus }),
});

export const listSimCardStatuses = operation({
  method: 'GET',
  path: '/api/v2.2/sims/status/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: () => ({ query: { ...paging, ordering, ...simFilters }, response: z.array(simCardStatus) }),
});
