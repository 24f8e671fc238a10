import { ConnectivityError, hasValidCheckDigit, type Iccid, iccidFromVendor, type ProviderId } from '@carrierkit/core';

/** On the card: 19 digits and the check digit. */
const onCard = 20;

/** The ICCID with its check digit, which the vendor leaves out in `iccid` and has in `iccid_with_luhn`, where that is sent at all. */
export function canonicalIccid(iccid: unknown, withLuhn?: unknown): Iccid | null {
  const told = iccidFromVendor(withLuhn, { checkDigit: 'present' });
  if (told !== null) return told;
  const complete = typeof iccid === 'string' && iccid.length >= onCard && hasValidCheckDigit(iccid);
  return iccidFromVendor(iccid, { checkDigit: complete ? 'present' : 'absent' });
}

/** The ICCID as the vendor's `iccid` filter knows it: without check digit. */
export function vendorIccid(iccid: Iccid): string {
  return iccid.length >= onCard && hasValidCheckDigit(iccid) ? iccid.slice(0, -1) : iccid;
}

/** The ICCID of a SIM in an answer. @throws `contract` where it is none: a SIM cannot be told without. */
export function requiredIccid(
  provider: ProviderId,
  sim: { readonly id: string | number; readonly iccid: string; readonly iccid_with_luhn?: string | null | undefined },
): Iccid {
  const iccid = canonicalIccid(sim.iccid, sim.iccid_with_luhn);
  if (iccid !== null) return iccid;
  throw new ConnectivityError('contract', `SIM ${sim.id} came without a well-formed ICCID`, { provider });
}
