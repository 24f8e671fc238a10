import type { RateStore } from '@carrierkit/core';
import { onAbort } from '../settings/on-abort.js';
import type { Timing } from '../settings/timing.js';
import type { Bucket } from './limits.js';
import { VendorWindow } from './window.js';

export interface PassRequest {
  readonly operation: string;
  readonly priority: 'interactive' | 'bulk';
  readonly signal: AbortSignal;
}

interface Waiter {
  readonly operation: string;
  /** `true`: the call may go; `false`: it was given up. */
  readonly settle: (entered: boolean) => void;
  readonly fail: (reason: unknown) => void;
}

/** One bucket with its queue: interactive calls first, then in order of arrival. */
export class Gate {
  readonly window = new VendorWindow();
  readonly #interactive: Waiter[] = [];
  readonly #bulk: Waiter[] = [];
  readonly #take: () => ReturnType<RateStore['take']>;
  readonly #timing: Timing;
  readonly #onWait: (operation: string, waitMs: number) => void;
  #running = false;
  #asleep = new AbortController();

  constructor(
    key: string,
    bucket: Bucket,
    store: RateStore,
    timing: Timing,
    onWait: (operation: string, waitMs: number) => void,
  ) {
    this.#take = () => store.take(key, bucket, 1);
    this.#timing = timing;
    this.#onWait = onWait;
  }

  /** `true` when the call may go, `false` when its signal aborted while it waited. */
  async pass(request: PassRequest): Promise<boolean> {
    const { signal } = request;
    if (signal.aborted) return false;
    const queue = request.priority === 'bulk' ? this.#bulk : this.#interactive;
    let ignore = () => {};
    try {
      return await new Promise<boolean>((resolve, reject) => {
        const waiter: Waiter = { operation: request.operation, settle: resolve, fail: reject };
        ignore = onAbort(signal, () => {
          const position = queue.indexOf(waiter);
          if (position === -1) return;
          queue.splice(position, 1);
          if (this.#first() === undefined) this.#asleep.abort();
          resolve(false);
        });
        queue.push(waiter);
        if (!this.#running) void this.#run();
      });
    } finally {
      ignore();
    }
  }

  #first(): Waiter | undefined {
    return this.#interactive[0] ?? this.#bulk[0];
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (let first = this.#first(); first !== undefined; first = this.#first()) {
        const waitMs = await this.#waitMs();
        if (waitMs > 0) {
          this.#onWait(first.operation, waitMs);
          this.#asleep = new AbortController();
          await this.#timing.sleep(waitMs, this.#asleep.signal);
          continue;
        }
        // Who goes is decided after waiting: an interactive call may have come, or the first may have left.
        const next = this.#interactive.shift() ?? this.#bulk.shift();
        if (next === undefined) break;
        this.window.entered();
        next.settle(true);
      }
    } catch (reason) {
      for (const waiter of [...this.#interactive.splice(0), ...this.#bulk.splice(0)]) waiter.fail(reason);
    } finally {
      this.#running = false;
    }
  }

  async #waitMs(): Promise<number> {
    const held = this.window.waitMs(this.#timing.now());
    return held > 0 ? held : (await this.#take()).waitMs;
  }
}
