import {
  ConnectivityError,
  type Iccid,
  inputError,
  type Msisdn,
  msisdnFromVendor,
  type ProviderId,
  type SimTarget,
} from '@carrierkit/core';
import { canonicalIccid, vendorIccid } from '../mapping/iccid.js';
import type { SimEntry } from '../operations/sims.js';

/** A SIM to be found: by the vendor's id where the caller has it, else by ICCID or number. */
export type WantedSim =
  | { readonly by: 'id'; readonly id: string; readonly iccid: Iccid }
  | { readonly by: 'iccid'; readonly iccid: Iccid }
  | { readonly by: 'msisdn'; readonly msisdn: Msisdn };

export function wantedSim(target: SimTarget): WantedSim {
  if (typeof target === 'string') return { by: 'iccid', iccid: target };
  const { iccid, ref } = target;
  return ref === undefined ? { by: 'iccid', iccid } : { by: 'id', id: ref, iccid };
}

/** Equal for what means one SIM, as far as can be told without asking. */
export function keyOf(wanted: WantedSim): string {
  switch (wanted.by) {
    case 'id':
      return `id:${wanted.id}`;
    case 'iccid':
      return iccidKey(wanted.iccid);
    case 'msisdn':
      return `msisdn:${wanted.msisdn}`;
  }
}

/** Every key under which this SIM may be wanted. */
export function keysOf(sim: SimEntry): readonly string[] {
  const iccid = canonicalIccid(sim.iccid, sim.iccid_with_luhn);
  const msisdn = msisdnFromVendor(sim.msisdn);
  return [
    `id:${sim.id}`,
    ...(iccid === null ? [] : [`iccid:${iccid}`]),
    ...(msisdn === null ? [] : [`msisdn:${msisdn}`]),
  ];
}

function iccidKey(iccid: Iccid): string {
  return `iccid:${canonicalIccid(iccid) ?? iccid}`;
}

/** The vendor's filter for one SIM. */
export function criterionOf(wanted: Exclude<WantedSim, { readonly by: 'id' }>): string {
  return wanted.by === 'iccid' ? `iccid:${vendorIccid(wanted.iccid)}` : `msisdn:${wanted.msisdn}`;
}

/** A `ref` that names another SIM than the ICCID beside it must not be written to. @throws `conflict` */
export function checkIdentity(provider: ProviderId, wanted: WantedSim, sim: SimEntry): void {
  if (wanted.by !== 'id' || keysOf(sim).includes(iccidKey(wanted.iccid))) return;
  const message = `ref ${wanted.id} is another SIM than ${wanted.iccid}; leave the ref out, or read the SIM again`;
  throw new ConnectivityError('conflict', message, { provider });
}

/** The vendor's ids are numbers. @throws `input` */
export function checkId(provider: ProviderId, id: string): void {
  if (!/^\d{1,19}$/.test(id))
    throw inputError('ref', 'is not a SIM id of this provider; pass what a SIM of it has as `ref`', { provider });
}

export function notFound(provider: ProviderId, wanted: WantedSim): ConnectivityError<'not-found'> {
  const what = wanted.by === 'msisdn' ? 'the number' : `ICCID ${wanted.iccid}`;
  return new ConnectivityError('not-found', `provider '${provider}' has no SIM with ${what}`, { provider });
}
