import {
  type Iccid,
  iccidFromVendor,
  type Msisdn,
  msisdnFromVendor,
  type ProviderId,
  type ServiceName,
  type ServiceState,
  type Sim,
  unknownServices,
} from '@carrierkit/core';
import type { SubscriptionEntry } from '../operations/subscriptions.js';
import { vendorInstant } from './instant.js';
import { idOf } from './links.js';
import { stateOf } from './state.js';
import { withoutSecrets } from './without-secrets.js';

/** Which members of ours a vendor's service switches; other service words are left in `raw`. */
const services: ReadonlyMap<string, readonly ServiceName[]> = new Map([
  ['data', ['data']],
  ['sms', ['smsMo', 'smsMt']],
  ['voice', ['voiceMo', 'voiceMt']],
]);

/** A subscription as a SIM; `null` for one that has no ICCID (yet): that is an order. */
export function toSim(provider: ProviderId, entry: SubscriptionEntry, suspendedByOwnOrder: boolean): Sim | null {
  const iccid = iccidOf(entry);
  if (iccid === null) return null;
  const subscriber = entry._embedded?.subscriber?.id ?? idOf(entry._links?.subscriber);
  return {
    provider,
    iccid,
    ref: entry.id,
    eid: null,
    imsis: [],
    msisdns: numbersOf(entry),
    imei: null,
    state: stateOf(entry.status, suspendedByOwnOrder),
    services: servicesOf(entry),
    label: null,
    ratePlan: null,
    account: accountOf(entry),
    tags: [],
    attributes: subscriber === null ? {} : { subscriber },
    firstActivatedAt: vendorInstant(entry.created_at),
    raw: withoutSecrets(entry),
  };
}

export function iccidOf(entry: SubscriptionEntry): Iccid | null {
  return iccidFromVendor(entry._embedded?.sim_profile?.iccid, { checkDigit: 'present' });
}

export function accountOf(entry: SubscriptionEntry): string | null {
  return entry._embedded?.account?.id ?? idOf(entry._links?.account);
}

/** The primary number first. */
export function numbersOf(entry: SubscriptionEntry): readonly Msisdn[] {
  const numbers = entry._embedded?.phone_numbers?._embedded?.phone_numbers ?? [];
  const primaryFirst = numbers.toSorted((a, b) => Number(b.is_primary ?? false) - Number(a.is_primary ?? false));
  return primaryFirst.flatMap(({ msisdn }) => msisdnFromVendor(msisdn) ?? []);
}

function servicesOf(entry: SubscriptionEntry): Sim['services'] {
  const told = entry._embedded?.services?._embedded?.services ?? [];
  if (told.length === 0) return unknownServices;
  const states: Record<ServiceName, ServiceState> = { ...unknownServices };
  for (const { type, enabled } of told) {
    if (typeof enabled !== 'boolean') continue;
    for (const name of services.get(type ?? '') ?? []) states[name] = enabled ? 'enabled' : 'disabled';
  }
  return states;
}
