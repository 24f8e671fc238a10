/** How much of its deadline a call has used. A clock that is set back takes nothing of it away. */
export class Stopwatch {
  readonly #now: () => number;
  #ms = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get ms(): number {
    return this.#ms;
  }

  async time<T>(work: () => Promise<T>): Promise<T> {
    const started = this.#now();
    try {
      return await work();
    } finally {
      this.add(this.#now() - started);
    }
  }

  add(ms: number): void {
    this.#ms += Math.max(0, ms);
  }
}
