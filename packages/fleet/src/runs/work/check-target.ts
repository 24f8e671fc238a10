import { parseIccid, type SimTarget } from '@carrierkit/core';

/** Keeps what routing needs: a whole SIM would put its raw data into the run's files. */
export function checkTarget(raw: unknown, path: string): SimTarget {
  if (typeof raw !== 'object' || raw === null) return parseIccid(raw, { path });
  const { iccid, provider, ref } = raw as {
    readonly iccid?: unknown;
    readonly provider?: string;
    readonly ref?: string;
  };
  return {
    iccid: parseIccid(iccid, { path: `${path}.iccid` }),
    ...(provider !== undefined && { provider }),
    ...(ref !== undefined && { ref }),
  };
}
