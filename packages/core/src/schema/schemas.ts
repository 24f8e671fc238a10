import { z } from 'zod';
import { parseEid, parseImei, parseImsi } from '../identifiers/digits.js';
import { parseIccid } from '../identifiers/iccid.js';
import { parseMsisdn } from '../identifiers/msisdn.js';
import { parseInstant } from '../instants/instant.js';
import { type Money, parseMoney } from '../model/money.js';
import type { SimFilter, SimTarget } from '../model/sim.js';
import type { SimStateName } from '../model/state.js';
import { isSettableState, simStates } from '../model/state.js';
import type { OrderRequest } from '../ports/orders.js';
import { parsed } from './parsed.js';

/** An ICCID as `parseIccid` reads it. */
export const iccidSchema = parsed((input) => parseIccid(input, { path: '' }));
/** A subscriber number as `parseMsisdn` reads it: with its plus sign. */
export const msisdnSchema = parsed((input) => parseMsisdn(input, { path: '' }));
/** An IMSI as `parseImsi` reads it. */
export const imsiSchema = parsed((input) => parseImsi(input, { path: '' }));
/** An IMEI as `parseImei` reads it. */
export const imeiSchema = parsed((input) => parseImei(input, { path: '' }));
/** An EID as `parseEid` reads it. */
export const eidSchema = parsed((input) => parseEid(input, { path: '' }));
/** A moment with its zone, as `parseInstant` reads it. */
export const instantSchema = parsed((input) => parseInstant(input, { path: '' }));

/** Money as `parseMoney` reads it. */
export const moneySchema = parsed(readMoney);

/** A window of two moments, the second one after the first. */
export const timeWindowSchema = z
  .strictObject({ from: instantSchema, to: instantSchema })
  .refine((window) => window.from < window.to, { path: ['to'], message: 'expected a moment after `from`' });

/** The canonical states. */
export const simStateSchema = z.enum(simStates as readonly [SimStateName, ...SimStateName[]]);
/** The states that a caller may ask for. */
export const settableStateSchema = simStateSchema.refine(isSettableState, 'only the vendor sets this state');

/** A SIM to act on: an ICCID, or an object with one (a listed SIM will do). */
export const simTargetSchema = z.preprocess(
  (input) => (typeof input === 'object' && input !== null ? input : { iccid: input }),
  z.object({ iccid: iccidSchema, provider: z.string().exactOptional(), ref: z.string().exactOptional() }),
) satisfies z.ZodType<SimTarget>;

/** A filter for listing SIMs; an unknown member is refused, for a misspelt one would list everything. */
export const simFilterSchema = z.strictObject({
  providers: z.array(z.string()).exactOptional(),
  states: z.array(simStateSchema).exactOptional(),
  iccids: z.array(iccidSchema).exactOptional(),
  msisdn: msisdnSchema.exactOptional(),
  imsi: imsiSchema.exactOptional(),
  label: z.string().exactOptional(),
  account: z.string().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  attributes: z.record(z.string(), z.string()).exactOptional(),
}) satisfies z.ZodType<SimFilter>;

const address = z.string().includes('@', 'expected an e-mail address');
const delivery = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('email'), to: z.array(address).min(1), cc: z.array(address).exactOptional() }),
  z.strictObject({ by: z.literal('api') }),
]);
const order = { provider: z.string().exactOptional(), account: z.string().min(1) };
const subscriber = z.strictObject({
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  email: address,
  employeeId: z.string().exactOptional(),
  group: z.string().exactOptional(),
});

/** What `orders.place` takes, for orders that come from a file. */
export const orderRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...order, type: z.literal('activate'), template: z.string().min(1), subscriber, delivery }),
  z.strictObject({ ...order, type: z.literal('replace-sim'), sim: simTargetSchema, delivery }),
  z.strictObject({
    ...order,
    type: z.literal(['suspend', 'resume']),
    sim: simTargetSchema,
    reason: z.string().exactOptional(),
  }),
]) satisfies z.ZodType<OrderRequest>;

function readMoney(input: unknown): Money {
  const { amount, currency } = (typeof input === 'object' && input !== null ? input : {}) as Partial<Money>;
  return parseMoney(amount, currency, { path: '' });
}
