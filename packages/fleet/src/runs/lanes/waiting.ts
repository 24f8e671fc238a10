import type { ItemOutcome } from '../runs.js';

/** An item of the input that can be done. */
export interface Doable<I> {
  readonly item: number;
  readonly what: I;
}

/** An item that was tried, and what its last call came to in this process. */
export interface Tried<I> extends Doable<I> {
  readonly last: ItemOutcome | null;
}

/** Items that are to be tried again. */
export interface Waiting<I> {
  readonly items: readonly Tried<I>[];
  /** The call of the journal that may have done them: they are to be found out. `null`: it certainly did not, and they are to be done. */
  readonly call: number | null;
  /** How often they were refused while the vendor answered others. */
  readonly refusals: number;
}

/** The vendor said no so often while it answered others: it is these items, and not an outage. */
const REFUSALS_ENOUGH = 3;

/**
 * What an outage, or what looked like one, left over. A vendor that is down refuses everything; a vendor that always fails with one SIM goes on answering
 * others. So items wait until the vendor has answered something since they were refused, and each refusal in spite of that counts against them.
 */
export class WaitingRoom<I> {
  #writes = 0;
  #answers = 0;
  readonly #waiting: (Waiting<I> & { readonly heard: number })[] = [];

  /** The vendor answered; reads may be answered while writes are not. */
  answered(what: 'read' | 'write'): void {
    this.#answers += 1;
    if (what === 'write') this.#writes += 1;
  }

  /** Calls that another process left open: nothing speaks against asking at once. */
  addOpen(call: number, items: readonly Tried<I>[]): void {
    this.#waiting.push({ call, items, refusals: 0, heard: -1 });
  }

  /** Whether items that were tried once more, and are about to be put back, have been tried often enough. */
  isEnough(due: Due<I> | null, call: number | null, items: readonly Tried<I>[]): boolean {
    return refusalsOf(due) >= REFUSALS_ENOUGH && (call !== null || items.length === 1);
  }

  /**
   * Takes in items that were tried: for the first time, or when they were `due`. A call of many items that was refused often is halved, until it is known
   * whom the vendor means.
   */
  putBack(due: Due<I> | null, call: number | null, items: readonly Tried<I>[]): void {
    if (items.length === 0) return;
    const refusals = refusalsOf(due);
    if (call !== null || refusals < REFUSALS_ENOUGH) this.#put({ call, items, refusals });
    else for (const half of halvesOf(items)) this.#put({ call, items: half, refusals: REFUSALS_ENOUGH - 1 });
  }

  /** Items since whose refusal the vendor has answered. */
  due(): Due<I> | undefined {
    const index = this.#waiting.findIndex((waiting) => waiting.heard < this.#heardBy(waiting));
    if (index < 0) return undefined;
    const [waiting] = this.#waiting.splice(index, 1) as [Waiting<I> & { readonly heard: number }];
    return { ...waiting, counts: waiting.heard >= 0 };
  }

  /**
   * Any items at all, for when there is nothing else to ask the vendor. Only half of a call that was refused: some of its items may be refused for the
   * sake of others.
   */
  any(): Due<I> | undefined {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return undefined;
    const whole = { ...waiting, counts: false };
    if (waiting.call !== null || waiting.items.length === 1) return whole;
    const [half, other] = halvesOf(waiting.items);
    this.#waiting.push({ ...waiting, items: other });
    return { ...whole, items: half };
  }

  /** All that is left. */
  rest(): readonly Waiting<I>[] {
    return this.#waiting.splice(0);
  }

  #put(waiting: Waiting<I>): void {
    this.#waiting.push({ ...waiting, heard: this.#heardBy(waiting) });
  }

  #heardBy({ call }: Pick<Waiting<I>, 'call'>): number {
    return call === null ? this.#writes : this.#answers;
  }
}

/** Items whose turn it is; `counts`: another refusal counts against them. */
export type Due<I> = Waiting<I> & { readonly counts: boolean };

function refusalsOf(due: Due<unknown> | null): number {
  return due === null ? 0 : due.refusals + (due.counts ? 1 : 0);
}

function halvesOf<T>(items: readonly T[]): readonly [readonly T[], readonly T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
