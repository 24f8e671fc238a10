import type { AnyConnectivityError, CallOptions, Provider, ProviderId, Sim } from '@carrierkit/core';
import { providerError } from '../errors.js';

/** What a listing has shown counts for so long; then SIMs may have come, and the bulk work is another one. */
const LISTED_MS = 10 * 60_000;

/** A listing of all SIMs of a provider. */
interface Survey {
  /** `null` where it came to its end. */
  readonly failure: Promise<AnyConnectivityError | null>;
  /** Epoch milliseconds; `null` while it goes on. */
  endedAt: number | null;
}

/** Listings of whole providers, each made once for a piece of bulk work: what they show is told to `seen`. */
export class Surveys {
  readonly #seen: (sims: readonly Sim[]) => Promise<void>;
  readonly #clock: () => number;
  readonly #byProvider = new Map<ProviderId, Survey>();
  #strangers = 0;
  #lastStrangerAt = 0;

  constructor(seen: (sims: readonly Sim[]) => Promise<void>, clock: () => number) {
    this.#seen = seen;
    this.#clock = clock;
  }

  /** Counts a SIM that nobody knew; returns how many the present bulk work has met. */
  countStranger(): number {
    const now = this.#clock();
    this.#strangers = now - this.#lastStrangerAt < LISTED_MS ? this.#strangers + 1 : 1;
    this.#lastStrangerAt = now;
    return this.#strangers;
  }

  /** Lists all SIMs of a provider, unless that was done just now. `null`, or why it could not be done. */
  listed(provider: Provider, options: CallOptions): Promise<AnyConnectivityError | null> {
    const known = this.#byProvider.get(provider.id);
    if (known && (known.endedAt === null || this.#clock() - known.endedAt < LISTED_MS)) return known.failure;
    const failure = this.#listAll(provider, options).then(
      () => null,
      (thrown: unknown) => providerError(thrown, provider.id, 'none'),
    );
    const survey: Survey = { failure, endedAt: null };
    this.#byProvider.set(provider.id, survey);
    void failure.then((failed) => {
      survey.endedAt = this.#clock();
      if (failed) this.#byProvider.delete(provider.id);
    });
    return failure;
  }

  async #listAll({ inventory }: Provider, { signal }: CallOptions): Promise<void> {
    const pages = inventory.list({}, { priority: 'bulk', ...(signal && { signal }) }).pages();
    for await (const { items } of pages) await this.#seen(items);
  }
}
