import type { OutcomeStatus, ProviderId } from '@carrierkit/core';

/** How far a run is, told after every call and when a provider pauses. */
export interface RunProgress {
  readonly items: number;
  /** Items with an outcome, those of earlier processes included. */
  readonly done: number;
  readonly failed: number;
  readonly unknown: number;
  /** In this process; `null` before the first item. */
  readonly itemsPerSecond: number | null;
  /** At this rate, milliseconds; `null` where there is none. */
  readonly leftMs: number | null;
  /** Providers that are down; the others go on. */
  readonly paused: readonly ProviderId[];
}

interface Tally {
  readonly items: number;
  readonly counts: Readonly<Record<OutcomeStatus, number>>;
}

/** Reckons progress out of the counts of a journal. */
export class ProgressMeter {
  readonly #tally: () => Tally;
  readonly #clock: () => number;
  readonly #tell: (progress: RunProgress) => void;
  readonly #startedAt: number;
  readonly #doneBefore: number;
  readonly #paused = new Set<ProviderId>();

  constructor(tally: () => Tally, clock: () => number, tell: (progress: RunProgress) => void) {
    this.#tally = tally;
    this.#clock = clock;
    this.#tell = tell;
    this.#startedAt = clock();
    this.#doneBefore = total(tally());
  }

  pause(provider: ProviderId, paused: boolean): void {
    if (paused) this.#paused.add(provider);
    else this.#paused.delete(provider);
    this.tell();
  }

  tell(): void {
    const tally = this.#tally();
    const done = total(tally);
    const seconds = (this.#clock() - this.#startedAt) / 1000;
    const here = done - this.#doneBefore;
    const itemsPerSecond = here > 0 && seconds > 0 ? here / seconds : null;
    const { failed, unknown } = tally.counts;
    this.#tell({
      items: tally.items,
      done,
      failed,
      unknown,
      itemsPerSecond,
      leftMs: itemsPerSecond === null ? null : ((tally.items - done) / itemsPerSecond) * 1000,
      paused: [...this.#paused],
    });
  }
}

function total({ counts }: Tally): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
