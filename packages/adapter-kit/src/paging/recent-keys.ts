/**
 * Remembers at least the last keys it saw, so that items that moved between pages come once; bounded, so that a list of millions stays flat.
 * In two generations: taking the oldest key out of a set costs more the more were taken out before.
 */
export class RecentKeys {
  readonly #capacity: number;
  #young = new Set<string>();
  #old: ReadonlySet<string> = new Set();

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  /** `true` for a key that was not among the last ones. */
  add(key: string): boolean {
    if (this.#young.has(key) || this.#old.has(key)) return false;
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(key);
    return true;
  }
}
