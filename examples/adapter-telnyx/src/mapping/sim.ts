import { redactMembers } from '@carrierkit/adapter-kit';
import {
  ConnectivityError,
  eidFromVendor,
  type Iccid,
  iccidFromVendor,
  imeiFromVendor,
  imsiFromVendor,
  type Json,
  msisdnFromVendor,
  type ProviderId,
  type Sim,
  unknownServices,
} from '@carrierkit/core';
import type { SimCard } from '../operations/sim-cards.js';
import { stateOf } from './state.js';

const secretMembers: ReadonlySet<string> = new Set(['pin1', 'pin2', 'puk1', 'puk2']);
const none: Readonly<Record<string, string>> = {};

/** The vendor's SIM as ours. The vendor knows no label and no plan of a SIM; its group stays in `raw`. */
export function toSim(provider: ProviderId, card: SimCard): Sim {
  const imsi = imsiFromVendor(card.imsi);
  const msisdn = msisdnFromVendor(card.msisdn);
  return {
    provider,
    iccid: requiredIccid(provider, card),
    ref: card.id,
    eid: eidFromVendor(card.eid),
    imsis: imsi === null ? [] : [imsi],
    msisdns: msisdn === null ? [] : [msisdn],
    imei: imeiFromVendor(card.current_imei),
    state: stateOf(card.status),
    services: unknownServices,
    label: null,
    ratePlan: null,
    account: null,
    tags: card.tags ?? [],
    attributes: none,
    firstActivatedAt: null,
    // What the schema checked is the vendor's object itself, all members included.
    raw: redactMembers(card as Json, secretMembers),
  };
}

/** The vendor's ICCIDs have 20 digits, so the check digit is taken to be among them (inferred). */
export function iccidOf({ iccid }: Pick<SimCard, 'iccid'>): Iccid | null {
  return iccidFromVendor(iccid, { checkDigit: 'present' });
}

/** @throws `contract` where it is none: a SIM cannot be told without. */
export function requiredIccid(provider: ProviderId, card: Pick<SimCard, 'id' | 'iccid'>): Iccid {
  const iccid = iccidOf(card);
  if (iccid !== null) return iccid;
  throw new ConnectivityError('contract', `SIM ${card.id} came without a well-formed ICCID`, { provider });
}
