import type { Operations } from '@carrierkit/adapter-kit';
import type { Adapter } from '@carrierkit/core';

/** An adapter that the command brings along, so that a config works in any folder. */
export interface BuiltInAdapter {
  readonly adapter: Adapter;
  readonly operations: Operations;
}

/** Loaded when first needed: most of the command's start-up time is theirs. */
export async function builtInAdapters(): Promise<readonly BuiltInAdapter[]> {
  return Promise.all([
    import('@carrierkit/adapter-truphone'),
    import('@carrierkit/adapter-emnify'),
    import('@carrierkit/adapter-subscriptions'),
  ]);
}
