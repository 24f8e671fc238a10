import { type ErrorInfo, type ErrorKind, type Provider, toErrorInfo } from '@carrierkit/core';
import type { ItemOutcome } from './runs.js';

/** These say that the vendor cannot be worked with now, whichever item is tried. */
const DOWN: ReadonlySet<ErrorKind> = new Set(['unavailable', 'timeout', 'rate-limited', 'authentication']);
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
  #pause: Promise<void> | null = null;
  #error: ErrorInfo | null = null;
  #gaveUp = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** Why the provider was given up, with items left; `null` while it was not. */
  get outage(): ErrorInfo | null {
    return this.#gaveUp ? this.#error : null;
  }

  /** Waits while the provider pauses; `false` once it was given up. */
  async passes(): Promise<boolean> {
    await this.#pause;
    return !this.#gaveUp;
  }

  /**
   * What a call came to: it was `answered`; or the vendor was down, and it is `undone`, or `open`, for nobody knows whether it arrived.
   * An open one is settled when the vendor is back.
   */
  heard(outcomes: readonly ItemOutcome[]): 'answered' | 'undone' | 'open' {
    const error = outageOf(outcomes);
    if (error === null) {
      this.#down = 0;
      this.#waitedMs = 0;
      return 'answered';
    }
    this.missed(error);
    return outcomes.every(({ status }) => status === 'failed') ? 'undone' : 'open';
  }

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
      for (let pause = FIRST_PAUSE_MS; this.#waitedMs < patienceMs; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        const ms = Math.min(pause, patienceMs - this.#waitedMs);
        await sleep(ms, signal);
        this.#waitedMs += ms;
        if (signal.aborted) return;
        const error = await check(provider, signal);
        if (error === null) {
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

/** The error of a call that failed for all of its items because the vendor was down. */
function outageOf(outcomes: readonly ItemOutcome[]): ErrorInfo | null {
  const errors = outcomes.flatMap((outcome) =>
    'error' in outcome && DOWN.has(outcome.error.kind) ? [outcome.error] : [],
  );
  return errors.length === outcomes.length ? (errors[0] ?? null) : null;
}

async function check(provider: Provider, signal: AbortSignal): Promise<ErrorInfo | null> {
  try {
    const error = await provider.check({ signal });
    return error !== null && DOWN.has(error.kind) ? error : null;
  } catch (error) {
    return toErrorInfo(error, { provider: provider.id });
  }
}
