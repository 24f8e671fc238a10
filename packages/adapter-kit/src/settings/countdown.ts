/** What is left of a stretch of time. A clock that is set back makes it no longer than it was when last looked at. */
export class Countdown {
  #leftMs: number;
  #lookedAt: number;

  constructor(ms: number, now: number) {
    this.#leftMs = ms;
    this.#lookedAt = now;
  }

  leftMs(now: number): number {
    this.#leftMs = Math.max(0, this.#leftMs - Math.max(0, now - this.#lookedAt));
    this.#lookedAt = now;
    return this.#leftMs;
  }
}
