/**
 * What the vendor's headers told about its own counting window. Calls that were under way when a reading was sent may not be in it yet,
 * so they are taken off; a reading never raises what is left of the same window.
 */
export class VendorWindow {
  #left = Number.POSITIVE_INFINITY;
  #resetAt = 0;
  #inFlight = 0;

  /** How long a new call has to wait for the vendor's window. */
  waitMs(now: number): number {
    if (now >= this.#resetAt) this.#left = Number.POSITIVE_INFINITY;
    return this.#left > 0 ? 0 : this.#resetAt - now;
  }

  entered(): void {
    this.#inFlight++;
    this.#left--;
  }

  left(): void {
    this.#inFlight--;
  }

  read(remaining: number, resetMs: number, now: number): void {
    const left = remaining - this.#inFlight;
    const sameWindow = now < this.#resetAt;
    this.#left = sameWindow ? Math.min(this.#left, left) : left;
    this.#resetAt = now + resetMs;
  }

  /** A refusal: nobody calls before that time. */
  hold(ms: number, now: number): void {
    this.#left = 0;
    this.#resetAt = Math.max(this.#resetAt, now + ms);
  }
}
