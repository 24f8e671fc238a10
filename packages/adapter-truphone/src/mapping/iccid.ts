import {
  ConnectivityError,
  type Iccid,
  iccidFromVendor,
  type ProviderId,
  type SimTarget,
  sameIccid,
  withCheckDigit,
} from '@carrierkit/core';

/** The vendor's ICCIDs have 19 or 20 digits, check digit included; a shorter one lacks it. */
const shortest = 19;

/** The ICCID as the vendor spells it. */
export function vendorIccid(iccid: Iccid): string {
  return iccid.length < shortest && /^\d+$/.test(iccid) ? withCheckDigit(iccid) : iccid;
}

/** The ICCID of a target; its `ref` is the ICCID too. @throws `conflict` when the two are different SIMs */
export function targetIccid(provider: ProviderId, target: SimTarget): string {
  if (typeof target === 'string') return vendorIccid(target);
  const { iccid, ref } = target;
  if (ref === undefined || sameIccid(ref as Iccid, iccid)) return vendorIccid(iccid);
  const message = `ref ${ref} is another SIM than ${iccid}; leave the ref out, or read the SIM again`;
  throw new ConnectivityError('conflict', message, { provider });
}

/** The ICCID in an answer. @throws `contract` where it is none: a SIM cannot be told without */
export function requiredIccid(provider: ProviderId, text: unknown): Iccid {
  const iccid = iccidFromVendor(text, { checkDigit: 'present' });
  if (iccid !== null) return iccid;
  throw new ConnectivityError('contract', 'the vendor sent a SIM without a well-formed ICCID', { provider });
}
