import type { VendorModule } from './framework/vendor.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';
import { type EmnifySwitches, emnify } from './vendors/emnify/index.js';
import { type SubscriptionsSwitches, subscriptions } from './vendors/subscriptions/index.js';
import { type TruphoneSwitches, truphone } from './vendors/truphone/index.js';

/** How a sandbox is started; every member has a default. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0 takes any free one. Default 0. */
  readonly port?: number;
  /** SIMs in all, a third for each vendor. Default 300. */
  readonly sims?: number;
  /** Days before the start that have usage. Default 60. */
  readonly days?: number;
  /** The same seed, start instant and requests give the same answers. Default 1. */
  readonly seed?: number;
  /** `false` switches the vendors' rate limits off. Default `true`. */
  readonly limits?: boolean;
  /** Where the clock starts: an instant as ISO 8601 text or as a Date. Default: real time. */
  readonly now?: string | Date;
  /** `false`: the clock stands still except when it is moved through the control API. Default `true`. */
  readonly ticking?: boolean;
  /** What the vendors' documents leave open. */
  readonly switches?: SandboxSwitches;
}

/** By vendor: which of the readings of its documents the sandbox plays. */
export interface SandboxSwitches {
  readonly truphone?: Partial<TruphoneSwitches>;
  readonly emnify?: Partial<EmnifySwitches>;
  readonly subscriptions?: Partial<SubscriptionsSwitches>;
}

const MODULES: readonly VendorModule[] = [truphone, emnify, subscriptions];

/**
 * Starts the vendors on loopback.
 *
 * @throws RangeError for an option that makes no sense, and Node's `EADDRINUSE` for a port that is taken.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox(
    options.port ?? 0,
    {
      sims: wholeNumber('sims', options.sims ?? 300),
      days: wholeNumber('days', options.days ?? 60),
      seed: wholeNumber('seed', options.seed ?? 1),
      limits: options.limits ?? true,
      now: options.now === undefined ? undefined : instant(options.now),
      ticking: options.ticking ?? true,
      switches: options.switches ?? {},
    },
    MODULES,
  );
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a whole number of 0 or more, not ${value}`);
}

function instant(value: string | Date): number {
  const milliseconds = value instanceof Date ? value.getTime() : Date.parse(value);
  if (Number.isNaN(milliseconds)) throw new RangeError(`now must be an ISO 8601 instant, not "${String(value)}"`);
  return milliseconds;
}
