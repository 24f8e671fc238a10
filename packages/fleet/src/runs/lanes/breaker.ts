import { type ErrorInfo, type Provider, toErrorInfo } from '@carrierkit/core';
import { saysDown } from './verdicts.js';

/** Calls in a row that nobody answered, each of them after retries of its own. */
const OPENS_AFTER = 3;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

export interface BreakerOptions {
  readonly provider: Provider;
  /** How long an outage is waited out before the provider's items are left for `resume`. */
  readonly patienceMs: number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Ends the pause: the run stops. */
  readonly signal: AbortSignal;
  /** Called when a pause begins, and when it is over. */
  readonly onChange: (paused: boolean) => void;
}

/**
 * A circuit breaker for one provider of a run. While the vendor is down its calls pause, and one cheap read asks from time to time whether it is back:
 * else every item that is left would fail for nothing, one after the other.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #down = 0;
  /** Since the last call that was answered: a read may be answered while writes are not. */
  #waitedMs = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #pause: Promise<void> | null = null;
  #present = false;
  #error: ErrorInfo | null = null;
  #gaveUp = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** Why the provider was given up, with items left; `null` while it was not. */
  get outage(): ErrorInfo | null {
    return this.#gaveUp ? this.#error : null;
  }

  /** Whether the vendor was there when it was last asked: what it goes on refusing then is refused for its own sake. */
  get vendorIsThere(): boolean {
    return this.#present;
  }

  /** Waits while the provider pauses; `false` once it was given up. */
  async passes(): Promise<boolean> {
    await this.#pause;
    return !this.#gaveUp;
  }

  /** The vendor takes writes. */
  answered(): void {
    this.#down = 0;
    this.#waitedMs = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** A call that the vendor answered for none of its items. */
  missed(error: ErrorInfo): void {
    this.#down += 1;
    this.#error = error;
    if (this.#down < OPENS_AFTER) return;
    // A credential does not mend itself.
    if (error.kind === 'authentication') this.#gaveUp = true;
    else
      this.#pause ??= this.#untilBack().finally(() => {
        this.#pause = null;
      });
  }

  async #untilBack(): Promise<void> {
    const { provider, patienceMs, sleep, signal, onChange } = this.#options;
    onChange(true);
    try {
      while (this.#waitedMs < patienceMs) {
        const ms = Math.min(this.#pauseMs, patienceMs - this.#waitedMs);
        this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
        await sleep(ms, signal);
        this.#waitedMs += ms;
        if (signal.aborted) return;
        const error = await check(provider, signal);
        this.#present = error === null;
        if (this.#present) {
          // One more refusal pauses again.
          this.#down = OPENS_AFTER - 1;
          return;
        }
        this.#error = error;
      }
      this.#gaveUp = true;
    } finally {
      onChange(false);
    }
  }
}

async function check(provider: Provider, signal: AbortSignal): Promise<ErrorInfo | null> {
  try {
    const error = await provider.check({ signal });
    return error !== null && saysDown(error) ? error : null;
  } catch (error) {
    return toErrorInfo(error, { provider: provider.id });
  }
}
