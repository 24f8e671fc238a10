/** Keeps an outage from being made worse: retries draw on a quota that successes fill again. One per client. */
export class RetryBudget {
  #left: number;
  readonly #capacity: number;

  constructor(capacity = 100) {
    this.#capacity = capacity;
    this.#left = capacity;
  }

  take(): boolean {
    if (this.#left < retryCost) return false;
    this.#left -= retryCost;
    return true;
  }

  refund(): void {
    this.#left = Math.min(this.#capacity, this.#left + 1);
  }
}

const retryCost = 5;
