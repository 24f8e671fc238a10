/**
 * Remembers at least the last keys it saw, so that items that moved between pages come once; bounded, so that a list of millions stays flat.
 * Vendors are asked to sort by the key, and one that is above all before it cannot have come already: such keys are only written down. Sets,
 * which cost more than checking and mapping a SIM, are made when a key comes out of order.
 */
export class RecentKeys {
  readonly #capacity: number;
  /** In two generations: taking the oldest key out of a set costs more the more were taken out before. */
  #young: string[] | Set<string> = [];
  #old: readonly string[] | ReadonlySet<string> = [];
  #highest: string | null = null;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  /** `true` for a key that was not among the last ones. */
  add(key: string): boolean {
    const ascends = this.#highest === null || isAbove(key, this.#highest);
    if (ascends) this.#highest = key;
    else if (this.#asSets().some((keys) => keys.has(key))) return false;
    this.#remember(key);
    return true;
  }

  #remember(key: string): void {
    const young = this.#young;
    if (Array.isArray(young)) {
      if (young.push(key) < this.#capacity) return;
      this.#old = young;
      this.#young = [];
    } else if (young.add(key).size >= this.#capacity) {
      this.#old = young;
      this.#young = [];
    }
  }

  #asSets(): readonly ReadonlySet<string>[] {
    const sets = [asSet(this.#young), asSet(this.#old)] as const;
    [this.#young, this.#old] = sets;
    return sets;
  }
}

function asSet(keys: readonly string[] | ReadonlySet<string>): Set<string> {
  return keys instanceof Set ? keys : new Set(keys);
}

/** Numbers as text ascend as the numbers do; any other total order would serve as well. */
function isAbove(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}
