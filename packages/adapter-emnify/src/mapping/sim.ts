import { redactMembers } from '@carrierkit/adapter-kit';
import {
  eidFromVendor,
  type Imsi,
  imeiFromVendor,
  imsiFromVendor,
  instantFrom,
  type Json,
  type Msisdn,
  msisdnFromVendor,
  type ProviderId,
  type Sim,
  unknownServices,
} from '@carrierkit/core';
import type { SimEntry } from '../operations/sims.js';
import { requiredIccid } from './iccid.js';
import { stateOf } from './state.js';

/** Not documented for these reads; overwritten should they ever come. */
const secretMembers: ReadonlySet<string> = new Set(['pin1', 'pin2', 'puk1', 'puk2', 'pin', 'puk', 'activation_code']);
const none: Readonly<Record<string, string>> = {};

/** The vendor's SIM as ours. Label, tags, rate plan and IMEI are those of the endpoint that it is assigned to. */
export function toSim(provider: ProviderId, entry: SimEntry): Sim {
  const { endpoint } = entry;
  const imsi: Imsi | null = imsiFromVendor(entry.imsi);
  const msisdn: Msisdn | null = msisdnFromVendor(entry.msisdn);
  return {
    provider,
    iccid: requiredIccid(provider, entry),
    ref: String(entry.id),
    eid: eidFromVendor(entry.eid),
    imsis: imsi === null ? [] : [imsi],
    msisdns: msisdn === null ? [] : [msisdn],
    imei: imeiFromVendor(endpoint?.imei),
    state: stateOf(entry.status),
    services: unknownServices,
    label: endpoint?.name ?? null,
    ratePlan: endpoint?.tariff_profile_id == null ? null : String(endpoint.tariff_profile_id),
    account: entry.customer_org?.id == null ? null : String(entry.customer_org.id),
    tags: tagsOf(endpoint?.tags),
    attributes: none,
    firstActivatedAt: instantFrom(entry.activation_date),
    // What the schema checked is the vendor's object itself, all members included.
    raw: redactMembers(entry as Json, secretMembers),
  };
}

/** Comma-separated; null and the empty text both occur. */
function tagsOf(text: string | null | undefined): readonly string[] {
  if (!text) return [];
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
