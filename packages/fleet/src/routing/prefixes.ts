import type { ProviderId } from '@carrierkit/core';

/** The provider of the longest prefix that an ICCID begins with. */
export function longestPrefix(
  prefixes: Readonly<Record<string, ProviderId>>,
): (iccid: string) => ProviderId | undefined {
  const sorted = Object.entries(prefixes).sort(([a], [b]) => b.length - a.length);
  return (iccid) => sorted.find(([prefix]) => iccid.startsWith(prefix))?.[1];
}
