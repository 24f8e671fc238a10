import { redactMembers } from '@carrierkit/adapter-kit';
import {
  type Imsi,
  imeiFromVendor,
  imsiFromVendor,
  instantFrom,
  type Json,
  type Msisdn,
  msisdnFromVendor,
  type ProviderId,
  type Sim,
  type SimSecrets,
} from '@carrierkit/core';
import type { SimCard } from '../operations/sims.js';
import { requiredIccid } from './iccid.js';
import { servicesOf } from './services.js';
import { stateOf } from './state.js';

const secretMembers: ReadonlySet<string> = new Set(['pin1', 'pin2', 'puk1', 'puk2']);
const noTags: readonly string[] = [];

/** The vendor's SIM as ours; its ICCID is its handle too. PINs and PUKs are overwritten in `raw`. */
export function toSim(provider: ProviderId, card: SimCard): Sim {
  const { subscription, organization } = card;
  const iccid = requiredIccid(provider, card.iccid);
  return {
    provider,
    iccid,
    ref: iccid,
    eid: null,
    imsis: numbersOf<Imsi>(card.primaryImsi, card.imsis, imsiFromVendor),
    msisdns: numbersOf<Msisdn>(card.primaryMsisdn, card.msisdns, msisdnFromVendor),
    imei: imeiFromVendor(card.imei),
    state: stateOf(subscription?.subscriptionStatus),
    services: servicesOf(subscription?.bearerServices),
    label: card.label || null,
    ratePlan: subscription?.servicePackId || null,
    account: organization || null,
    tags: card.tags ? card.tags.map(({ label }) => label) : noTags,
    attributes: attributesOf(card.attributes),
    firstActivatedAt: instantFrom(card.dates?.firstActivationDate || card.firstActivationDate),
    // What the schema checked is the vendor's object itself, all members included.
    raw: redactMembers(card as Json, secretMembers),
  };
}

/** To be asked before `toSim`, which overwrites them. */
export function secretsOf({ gsmKeys }: SimCard): SimSecrets {
  return {
    pin1: gsmKeys?.pin1 || null,
    pin2: gsmKeys?.pin2 || null,
    puk1: gsmKeys?.puk1 || null,
    puk2: gsmKeys?.puk2 || null,
  };
}

/** The primary number first; it usually stands in the list as well. */
function numbersOf<N extends string>(
  primary: string | null | undefined,
  others: readonly string[] | null | undefined,
  read: (value: unknown) => N | null,
): readonly N[] {
  const first = read(primary);
  const numbers = first === null ? [] : [first];
  for (const value of others ?? []) {
    if (value === primary) continue;
    const number = read(value);
    if (number !== null && !numbers.includes(number)) numbers.push(number);
  }
  return numbers;
}

/** Every attribute of the account stands on every SIM; an empty value means that it is not set. */
function attributesOf(attributes: SimCard['attributes']): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { label, value } of attributes ?? []) if (value) values[label] = value;
  return values;
}
