import { iccidOf } from '../mapping/sim.js';
import type { SubscriptionEntry } from '../operations/subscriptions.js';

/** About 200 bytes each; then the older half is forgotten. */
const MOST = 1_000_000;

/**
 * Which subscription owned a SIM when it was last read. The vendor cannot be asked for an ICCID, so that finding one means to walk the list; who changes 50,000 SIMs one by one would
 * walk it 50,000 times. What is remembered is never believed: the subscription is read again before anything is done with it.
 */
export class Whereabouts {
  readonly #most: number;
  #walk: Promise<void> | null = null;
  #searches = 0;
  #recent = new Map<string, string>();
  #older = new Map<string, string>();

  constructor(most = MOST) {
    this.#most = most;
  }

  get size(): number {
    return this.#recent.size + this.#older.size;
  }

  /** A card that was moved stands at its terminated subscription too: that one says nothing. */
  note(entry: SubscriptionEntry): void {
    const iccid = iccidOf(entry);
    if (iccid === null || entry.status === 'terminated') return;
    this.#recent.set(iccid.toUpperCase(), entry.id);
    if (this.#recent.size < this.#most / 2) return;
    this.#older = this.#recent;
    this.#recent = new Map();
  }

  /** Whether this is the second search of the list, or a later one: then there will be more, and the whole list is worth to be known. */
  isSearchedAgain(): boolean {
    this.#searches += 1;
    return this.#searches > 1;
  }

  /** Waits for a walk over the whole list, its own or one that is under way. */
  async walked(walk: () => Promise<void>): Promise<void> {
    this.#walk ??= walk().finally(() => {
      this.#walk = null;
    });
    await this.#walk;
  }

  /** The id of the subscription, for any of these spellings of an ICCID. */
  of(spellings: readonly string[]): string | undefined {
    for (const spelling of spellings) {
      const id = this.#recent.get(spelling) ?? this.#older.get(spelling);
      if (id !== undefined) return id;
    }
    return undefined;
  }
}
