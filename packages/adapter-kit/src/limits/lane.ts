import { backoffMs } from '../retry/backoff.js';
import { Countdown } from '../settings/countdown.js';
import type { Gate } from './gate.js';

/** A call that waits for its turn. */
export interface Waiter {
  readonly operation: string;
  readonly correlationId: string;
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
  #refusals = 0;

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

  /**
   * The vendor refused (429): nobody goes before the time it told, else before a while that grows with each refusal in a row.
   * Calls that were under way at the first refusal are refused for the same reason: only one that went out after the hold counts anew. Returns how long.
   */
  refused(toldMs: number | null, now: number, random: () => number): number {
    const heldMs = this.heldMs(now);
    // "At once" (0) is no answer to give to a client that is to slow down.
    const ms = heldMs > 0 ? Math.max(heldMs, toldMs ?? 0) : toldMs || backoffMs(++this.#refusals, random);
    this.#hold = new Countdown(ms, now);
    return ms;
  }

  /** The vendor takes our calls again. */
  passed(): void {
    this.#refusals = 0;
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
