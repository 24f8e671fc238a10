import type { RateStore } from '@carrierkit/core';
import { Countdown } from '../settings/countdown.js';
import type { Bucket } from './limits.js';
import { VendorWindow } from './window.js';

/** One bucket: our own allowance out of the store, corrected by the vendor's count. */
export class Gate {
  readonly name: string;
  readonly window: VendorWindow;
  /** How long the bucket takes to get one token back. */
  readonly refillMs: number;
  readonly #burst: number;
  readonly #take: () => ReturnType<RateStore['take']>;
  readonly #followsVendor: boolean;
  /** When a token was taken that no call has used yet. */
  #inHandSince: number | null = null;
  #empty: Countdown | null = null;

  /**
   * @param share The part of the declared allowance that is ours
   * @param followsVendor Whether the vendor's count may let out more than the bucket: not where others draw on the bucket, for each would take what is left
   */
  constructor(name: string, key: string, declared: Bucket, share: number, store: RateStore, followsVendor: boolean) {
    const bucket = shareOf(declared, share);
    this.name = name;
    this.window = new VendorWindow(bucket.periodMs, share);
    this.#followsVendor = followsVendor;
    this.#burst = bucket.burst;
    this.#take = () => store.take(key, bucket, 1);
    this.refillMs = bucket.periodMs / bucket.rate;
  }

  /** How long this bucket is known to let nobody out; 0 = ask. */
  waitMs(now: number): number {
    return Math.max(this.window.waitMs(now), Math.min(this.#empty?.leftMs(now) ?? 0, this.#paceMs(now)));
  }

  /**
   * Sees to it that a token is in hand; `false` where there is none now. A token that its call did not use (it left, or another bucket of its lane had none) serves the next one,
   * as long as the bucket would not have been filled up again without it.
   */
  async take(now: () => number): Promise<boolean> {
    if (this.#inHandSince !== null && now() - this.#inHandSince <= this.refillMs) return true;
    const { waitMs } = await this.#take();
    const taken = !(waitMs > 0);
    this.#empty = taken ? null : new Countdown(waitMs, now());
    const fits = taken || this.#paceMs(now()) === 0;
    this.#inHandSince = fits ? now() : null;
    return fits;
  }

  /** The vendor has nothing left for us: neither has our bucket, whatever we thought. */
  async drain(now: () => number): Promise<void> {
    this.#inHandSince = null;
    for (let most = this.#burst; most >= 1; most--) {
      const { waitMs } = await this.#take();
      if (waitMs > 0) {
        this.#empty = new Countdown(waitMs, now());
        return;
      }
    }
  }

  /** A call goes out with the token in hand. */
  use(now: number): void {
    this.#inHandSince = null;
    this.window.entered(now);
  }

  #paceMs(now: number): number {
    return this.#followsVendor ? this.window.paceMs(now) : Number.POSITIVE_INFINITY;
  }
}

/** A part of an allowance. The burst keeps its fraction, which would otherwise be lost each time a timer is late. */
function shareOf(bucket: Bucket, share: number): Bucket {
  return { ...bucket, rate: bucket.rate * share, burst: Math.max(1, bucket.burst * share) };
}
