import { Countdown } from '../settings/countdown.js';
import type { BucketReading } from './limits.js';

/**
 * The vendor's own counting window, as far as its headers tell of it.
 *
 * The least that was told in a window counts: answers overtake each other, and every call that is answered by now is in that figure. Calls under way may be in it or not,
 * so no more are let out than would fit beside all of them; as they are answered, room comes back. A window is recognised by when it ends: an answer that tells of an end
 * far from the known one speaks of another window.
 */
export class VendorWindow {
  readonly #sameMs: number;
  #remaining = Number.POSITIVE_INFINITY;
  #ends: Countdown | null = null;
  #underWay = 0;

  constructor(periodMs: number) {
    this.#sameMs = periodMs / 2;
  }

  /** How long a new call has to wait, if no call under way is answered before. */
  waitMs(now: number): number {
    const endsMs = this.#endsMs(now);
    return this.#remaining > this.#underWay ? 0 : endsMs;
  }

  entered(): void {
    this.#underWay++;
  }

  /** A call came back, with the vendor's count or without: then it may have been counted after the last one that was told. */
  left(reading: BucketReading | null, now: number): void {
    this.#underWay--;
    if (reading === null || !this.told(reading, now)) this.#remaining--;
  }

  /** `false` where the figures are none. */
  told({ remaining, resetMs }: BucketReading, now: number): boolean {
    if (!Number.isFinite(remaining) || !Number.isFinite(resetMs)) return false;
    const endsMs = this.#endsMs(now);
    const same = endsMs > 0 && Math.abs(resetMs - endsMs) <= this.#sameMs;
    this.#remaining = same ? Math.min(this.#remaining, remaining) : remaining;
    this.#ends = new Countdown(same ? Math.min(endsMs, resetMs) : resetMs, now);
    return true;
  }

  /** Nothing is known of a window that is over. */
  #endsMs(now: number): number {
    const endsMs = this.#ends?.leftMs(now) ?? 0;
    if (endsMs === 0) {
      this.#remaining = Number.POSITIVE_INFINITY;
      this.#ends = null;
    }
    return endsMs;
  }
}
