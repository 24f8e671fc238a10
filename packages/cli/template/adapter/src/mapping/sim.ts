import {
  ConnectivityError,
  type Iccid,
  iccidFromVendor,
  imsiFromVendor,
  type Json,
  msisdnFromVendor,
  type ProviderId,
  type Sim,
  unknownServices,
} from '@carrierkit/core';
import type { SimEntry } from '../operations/sims.js';
import { stateOf } from './state.js';

// REPLACE: every member has a value or `null`, which means "not told". Overwrite secrets in `raw` with `redactMembers` of the kit.
/** The vendor's SIM as ours. */
export function toSim(provider: ProviderId, entry: SimEntry): Sim {
  const imsi = imsiFromVendor(entry.imsi);
  const msisdn = msisdnFromVendor(entry.msisdn);
  return {
    provider,
    iccid: requiredIccid(provider, entry),
    ref: entry.id,
    eid: null,
    imsis: imsi === null ? [] : [imsi],
    msisdns: msisdn === null ? [] : [msisdn],
    imei: null,
    state: stateOf(entry.status),
    services: unknownServices,
    label: null,
    ratePlan: null,
    account: null,
    tags: [],
    attributes: {},
    firstActivatedAt: null,
    raw: entry as Json,
  };
}

/** @throws `contract` where it is none: a SIM cannot be told without. */
export function requiredIccid(provider: ProviderId, entry: Pick<SimEntry, 'id' | 'iccid'>): Iccid {
  // REPLACE: 'absent' where the vendor leaves the check digit out.
  const iccid = iccidFromVendor(entry.iccid, { checkDigit: 'present' });
  if (iccid !== null) return iccid;
  throw new ConnectivityError('contract', `SIM ${entry.id} came without a well-formed ICCID`, { provider });
}
