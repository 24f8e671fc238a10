import type { ProviderId } from '@carrierkit/core';

/** The provider of the longest prefix that an ICCID begins with; letters of hexadecimal ones in either case. */
export function longestPrefix(
  prefixes: Readonly<Record<string, ProviderId>>,
): (iccid: string) => ProviderId | undefined {
  const sorted = Object.entries(prefixes)
    .map(([prefix, provider]) => [prefix.toUpperCase(), provider] as const)
    .sort(([a], [b]) => b.length - a.length);
  return (iccid) => {
    const upper = iccid.toUpperCase();
    return sorted.find(([prefix]) => upper.startsWith(prefix))?.[1];
  };
}
