import type { CallOptions, Capabilities, ErrorInfo, Provider, ProviderId, WriteOptions } from '@carrierkit/core';
import type { ItemOutcome } from '../runs.js';

/** What a run has to know about one kind of item. */
export interface Work<I> {
  /** An item as a caller gave it, checked. Throws `input` or `damaged-identifier`. */
  check(raw: unknown, path: string): I;
  /** Two items with a name in common are the same one. */
  namesOf(item: I): readonly string[];
  /** Throws where the item has no provider, or its provider cannot do this. */
  route(item: I, options: CallOptions): Promise<Provider>;
  sizeAt(capabilities: Capabilities): number;
  /** Whether a vendor that knows idempotency keys takes one here, so that the same call may be repeated. */
  readonly keyed: boolean;
  /** One vendor call; never throws. */
  call(provider: Provider, items: readonly I[], options: WriteOptions): Promise<readonly ItemOutcome[]>;
  /** The outcome of an item for which no call was made; it may be anything that a caller gave, and must not get into the outcome unchecked. */
  broken(given: unknown, provider: ProviderId | null, error: ErrorInfo): ItemOutcome;
  /**
   * What became of an item of a call whose answer was lost with the process. `again`: it certainly did not happen. Throws where the
   * vendor cannot be read now.
   */
  readBack(provider: Provider, item: I, since: number, options: CallOptions): Promise<ItemOutcome | 'again'>;
}
