import { ConnectivityError } from '@carrierkit/core';
import { unknownIccid } from '../errors.js';

/** Which of the SIMs of a call its refusal names: as unknown, or for whatever else. */
export function namedSims(
  error: ConnectivityError,
  iccids: readonly string[],
): { readonly unknown: ReadonlySet<string>; readonly refused: ReadonlySet<string> } {
  const asked = new Set(iccids);
  const [unknown, refused] = [new Set<string>(), new Set<string>()];
  if (ConnectivityError.is(error, 'input'))
    for (const { path, message } of error.details.issues)
      if (asked.has(path)) (message === unknownIccid ? unknown : refused).add(path);
  return { unknown, refused };
}

/** Whether the vendor found fault with a member of the request, which is then wrong for every SIM in it. */
export function blamesRequest(error: ConnectivityError): boolean {
  return !ConnectivityError.is(error, 'input') || error.details.issues.length > 0;
}
