import { Countdown } from '../settings/countdown.js';
import type { Gate } from './gate.js';

/** A call that waits for its turn. */
export interface Waiter {
  readonly operation: string;
  readonly priority: 'interactive' | 'bulk';
  /** How long a refusal of the vendor (429) may keep it waiting. */
  readonly patienceMs: number;
  /** Order of arrival, over all lanes. */
  readonly arrival: number;
  readonly admit: () => void;
  readonly held: (ms: number) => void;
  readonly fail: (reason: unknown) => void;
  /** The bucket that its waiting was told of last. */
  toldOf: string | null;
}

/** The calls that draw on the same buckets, with those that wait. */
export class Lane {
  readonly name: string;
  /** The slowest first: what is hardest to get is not kept waiting for the others, token in hand. */
  readonly gates: readonly Gate[];
  readonly #waiting: Record<Waiter['priority'], Waiter[]> = { interactive: [], bulk: [] };
  #hold: Countdown | null = null;

  constructor(name: string, gates: readonly Gate[]) {
    this.name = name;
    this.gates = [...gates].sort((a, b) => b.refillMs - a.refillMs);
  }

  add(waiter: Waiter): void {
    this.#waiting[waiter.priority].push(waiter);
  }

  /** `false` if it was not waiting any more. */
  remove(waiter: Waiter): boolean {
    const queue = this.#waiting[waiter.priority];
    const position = queue.indexOf(waiter);
    if (position !== -1) queue.splice(position, 1);
    return position !== -1;
  }

  /** Who goes next if that priority goes first. */
  first(priority: Waiter['priority']): Waiter | undefined {
    const { interactive, bulk } = this.#waiting;
    return priority === 'interactive' ? (interactive[0] ?? bulk[0]) : (bulk[0] ?? interactive[0]);
  }

  hasBulk(): boolean {
    return this.#waiting.bulk.length > 0;
  }

  /** Takes out those whose patience the refusal would outlast, and tells them. */
  dismiss(heldMs: number): void {
    for (const waiter of this.#all()) if (waiter.patienceMs < heldMs && this.remove(waiter)) waiter.held(heldMs);
  }

  fail(reason: unknown): void {
    for (const waiter of this.#all()) if (this.remove(waiter)) waiter.fail(reason);
  }

  #all(): readonly Waiter[] {
    return [...this.#waiting.interactive, ...this.#waiting.bulk];
  }

  hold(ms: number, now: number): void {
    this.#hold = new Countdown(Math.max(ms, this.heldMs(now)), now);
  }

  heldMs(now: number): number {
    return this.#hold?.leftMs(now) ?? 0;
  }

  /** What keeps the whole lane now, as far as is known without asking the store: the vendor's refusal, or the bucket that takes longest. */
  block(now: number): { readonly by: string; readonly waitMs: number } | null {
    let worst = { by: this.name, waitMs: this.heldMs(now) };
    for (const gate of this.gates) {
      const waitMs = gate.waitMs(now);
      if (waitMs > worst.waitMs) worst = { by: gate.name, waitMs };
    }
    return worst.waitMs > 0 ? worst : null;
  }
}
