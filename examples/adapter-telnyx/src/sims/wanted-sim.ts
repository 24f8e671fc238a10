import { ConnectivityError, type Iccid, inputError, type ProviderId, type SimTarget } from '@carrierkit/core';

/** A SIM to be found: by the vendor's id where the caller has it, else by ICCID. */
export interface WantedSim {
  readonly iccid: Iccid;
  readonly id: string | null;
}

export function wantedSim(target: SimTarget): WantedSim {
  if (typeof target === 'string') return { iccid: target, id: null };
  return { iccid: target.iccid, id: target.ref ?? null };
}

/** The vendor's ids are UUIDs (documented). @throws `input` */
export function checkId(provider: ProviderId, id: string): void {
  if (!/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(id))
    throw inputError('ref', 'is not a SIM id of this provider; pass what a SIM of it has as `ref`', { provider });
}

export function notFound(provider: ProviderId, { iccid }: WantedSim): ConnectivityError<'not-found'> {
  return new ConnectivityError('not-found', `provider '${provider}' has no SIM with ICCID ${iccid}`, { provider });
}
