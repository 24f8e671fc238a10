import { operation, type Zod } from '@carrierkit/adapter-kit';
import type { z } from 'zod';
import { dateBound, ordering, paging, text } from './shapes.js';

/** `ACTIVE` or `SUSPENDED`; one client first met booleans. */
const service = (z: Zod) => z.union([z.string(), z.boolean()]).nullish();

export const subscription = (z: Zod) =>
  z.object({
    servicePackId: text(z),
    subscriptionStatus: text(z),
    bearerServices: z
      .object({ gprs: service(z), smsMo: service(z), smsMt: service(z), voiceMo: service(z), voiceMt: service(z) })
      .nullish(),
  });

/** Of a SIM only what is mapped; the whole object is in `raw`. */
export const simCard = (z: Zod) =>
  z.object({
    iccid: z.string(),
    label: text(z),
    primaryMsisdn: text(z),
    msisdns: z.array(z.string()).nullish(),
    primaryImsi: text(z),
    imsis: z.array(z.string()).nullish(),
    gsmKeys: z.object({ pin1: text(z), pin2: text(z), puk1: text(z), puk2: text(z) }).nullish(),
    dates: z.object({ firstActivationDate: text(z) }).nullish(),
    /** One client looks for it here. */
    firstActivationDate: text(z),
    /** Text in v2.2, a bare number or null in the v2.0 list; usually 14 digits, without the check digit. */
    imei: z.union([z.string(), z.number()]).nullish(),
    subscription: subscription(z).nullish(),
    attributes: z.array(z.object({ label: z.string(), value: text(z) })).nullish(),
    tags: z.array(z.object({ label: z.string() })).nullish(),
    organization: text(z),
  });

/** A SIM as the vendor tells it. */
export type SimCard = z.output<ReturnType<typeof simCard>>;

const filter = (z: Zod) => z.string().min(1).optional();
const simFilters = (z: Zod) =>
  ({
    iccid: filter(z),
    label: filter(z),
    description: filter(z),
    primaryMsisdn: filter(z),
    msisdns: filter(z),
    primaryImsi: filter(z),
    imsis: filter(z),
    servicePackId: filter(z),
    tags: filter(z),
    /** `name:value` pairs joined by commas. */
    attributes: filter(z),
    pin1: filter(z),
    pin2: filter(z),
    puk1: filter(z),
    puk2: filter(z),
    provisionDate_from: dateBound(z),
    provisionDate_to: dateBound(z),
    shippingDate_from: dateBound(z),
    shippingDate_to: dateBound(z),
    deliveryDate_from: dateBound(z),
    deliveryDate_to: dateBound(z),
    firstActivationDate_from: dateBound(z),
    firstActivationDate_to: dateBound(z),
    subscriptionStatus: filter(z),
    apn: filter(z),
    simType: filter(z),
    locationTag_label: filter(z),
    organization: filter(z),
  }) as const;

const simCardStatus = (z: Zod) =>
  z.object({
    iccid: z.string(),
    date: text(z),
    status: z.union([
      z.string(),
      z.object({ sim_card_service: text(z), data_service: text(z), sms_mo_service: text(z), sms_mt_service: text(z) }),
    ]),
    test_state_start_date: text(z),
    allowed_data: text(z),
    allowed_time: text(z),
    remaining_data: text(z),
    remaining_time: text(z),
  });

/** The body is a bare array; paging facts are in `Link` only, and no total is told. */
export const listSimCards = operation({
  method: 'GET',
  path: '/api/v2.2/sims/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: {
      ...paging(z),
      ordering: ordering(z),
      ...simFilters(z),
      testStateStartDate_from: dateBound(z),
      testStateStartDate_to: dateBound(z),
    },
    response: z.array(simCard(z)),
  }),
});

export const getSimCard = operation({
  method: 'GET',
  path: '/api/v2.2/sims/{iccid}/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  schemas: (z) => ({ response: simCard(z) }),
});

/** 202 with `{}`: it happens later. Rate plan, state, tags and attributes have operations of their own. */
export const updateSimCard = operation({
  method: 'PATCH',
  path: '/api/v2.2/sims/{iccid}/',
  answer: 'none',
  repeat: 'idempotent',
  lane: 'account',
  schemas: (z) => ({
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
  schemas: (z) => ({ response: simCardStatus(z) }),
});

export const listSimCardStatuses = operation({
  method: 'GET',
  path: '/api/v2.2/sims/status/',
  answer: 'json',
  repeat: 'safe',
  lane: 'account',
  paging: 'numbered',
  schemas: (z) => ({
    query: { ...paging(z), ordering: ordering(z), ...simFilters(z) },
    response: z.array(simCardStatus(z)),
  }),
});
