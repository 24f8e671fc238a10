import { Countdown } from '../settings/countdown.js';
import type { BucketReading } from './limits.js';

/** So many calls of a window are left alone: some arrive later than their answers' count suggests. */
const SPARED = 2;

/**
 * The vendor's own counting window, as far as its headers tell of it.
 *
 * The least that was told in a window counts: answers overtake each other, and every call that is answered by now is in that figure. Calls under way may be in it or not,
 * so no more are let out than would fit beside all of them; as they are answered, room comes back. A window is recognised by when it ends: an answer that tells of an end
 * far from the known one speaks of another window.
 */
export class VendorWindow {
  readonly #sameMs: number;
  readonly #share: number;
  #remaining = Number.POSITIVE_INFINITY;
  #limit: number | null = null;
  #ends: Countdown | null = null;
  #underWay = 0;
  /** Calls of ours in this window, answered or not. */
  #ours = 0;
  #lastOut = Number.NEGATIVE_INFINITY;

  /** @param share The part of the vendor's allowance that is ours */
  constructor(periodMs: number, share: number) {
    this.#sameMs = periodMs / 2;
    this.#share = share;
  }

  /** How long a new call has to wait, if no call under way is answered before. */
  waitMs(now: number): number {
    const endsMs = this.#endsMs(now);
    return this.#remaining > this.#underWay && this.#ourPart() >= 1 ? 0 : endsMs;
  }

  /**
   * When one more call fits, if what is left to us of the window is spread evenly over the rest of it: what a busy machine was too late for is made up for, and an allowance that is
   * larger than the documented one is used. `Infinity` where the vendor does not tell.
   */
  paceMs(now: number): number {
    const endsMs = this.#endsMs(now);
    if (this.#limit === null) return Number.POSITIVE_INFINITY;
    const left = Math.min(this.#remaining - this.#underWay - SPARED * this.#share, this.#ourPart());
    return left < 1 ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil(this.#lastOut + endsMs / left - now));
  }

  entered(now: number): void {
    this.#underWay++;
    this.#ours++;
    this.#lastOut = now;
  }

  /** A call came back, with the vendor's count or without: then it may have been counted after the last one that was told. */
  left(reading: BucketReading | null, now: number): void {
    this.#underWay--;
    if (reading === null || !this.told(reading, now)) this.#remaining--;
  }

  /** `false` where the figures are none. */
  told({ remaining, resetMs, limit }: BucketReading, now: number): boolean {
    if (!Number.isFinite(remaining) || !Number.isFinite(resetMs)) return false;
    const endsMs = this.#endsMs(now);
    const same = endsMs > 0 && Math.abs(resetMs - endsMs) <= this.#sameMs;
    this.#remaining = same ? Math.min(this.#remaining, remaining) : remaining;
    this.#limit = limit ?? null;
    // Those under way may be counted in the window that begins.
    if (!same) this.#ours = this.#underWay + 1;
    this.#ends = new Countdown(same ? Math.min(endsMs, resetMs) : resetMs, now);
    return true;
  }

  /**
   * What is left to us of our part, less what is spared: with others who keep to theirs it fits, whatever they do at the same moment. Who has the whole window goes by what is left of
   * it alone.
   */
  #ourPart(): number {
    if (this.#limit === null || this.#share === 1) return Number.POSITIVE_INFINITY;
    return Math.floor(this.#limit * this.#share) - SPARED * this.#share - this.#ours;
  }

  /** Nothing is known of a window that is over. */
  #endsMs(now: number): number {
    const endsMs = this.#ends?.leftMs(now) ?? 0;
    if (endsMs === 0) {
      this.#remaining = Number.POSITIVE_INFINITY;
      this.#limit = null;
      this.#ends = null;
    }
    return endsMs;
  }
}
