import type { Ref } from '@carrierkit/core';

/** As the command line takes it back. */
export function refText({ provider, id }: Ref): string {
  return `${provider}:${id}`;
}
