import { description, type VendorName, vendorNames } from '@carrierkit/vendor-apis';
import { createFleet, type Fleet } from '../world/fleet.js';
import { createUsageTruth, type UsageTruth } from '../world/usage.js';
import type { Answer } from './answer.js';
import { type Clock, createClock } from './clock.js';
import { createEffectLog, type EffectLog } from './effects.js';
import { createFaults, type Faults } from './faults.js';
import { createLimits } from './limits.js';
import { randomFrom } from './random.js';
import { createRequestLog, type RequestLog } from './request-log.js';
import type { SecretRegister } from './secrets.js';
import type { Delays, Vendor, VendorModule } from './vendor.js';

export interface EngineOptions {
  readonly sims: number;
  readonly days: number;
  readonly seed: number;
  readonly limits: boolean;
  /** Milliseconds since the epoch; `undefined`: real time. */
  readonly now: number | undefined;
  readonly ticking: boolean;
  readonly switches: Readonly<Partial<Record<VendorName, object>>>;
}

/** All state of the sandbox; a reset makes a new one. */
export interface Engine {
  readonly clock: Clock;
  readonly effects: EffectLog;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** The last page of each vendor path, kept only while a `duplicate-page` fault waits for it. */
  readonly lastPages: Map<string, Answer>;
  readonly vendors: ReadonlyMap<VendorName, RunningVendor>;
}

export interface RunningVendor {
  readonly module: VendorModule;
  readonly vendor: Vendor;
  readonly fleet: Fleet;
  readonly usage: UsageTruth;
}

export const DELAYS: Delays = { state: 2000, order: 3000, delivery: 2000 };

export function createEngine(
  options: EngineOptions,
  modules: readonly VendorModule[],
  secrets: SecretRegister,
): Engine {
  const clock = createClock({ ticking: options.ticking, ...(options.now === undefined ? {} : { start: options.now }) });
  const { seed } = options;
  const vendors = new Map<VendorName, RunningVendor>();
  for (const module of modules) {
    const { name } = module;
    const fleet = createFleet(name, share(options.sims, vendorNames.indexOf(name), vendorNames.length), seed);
    const { days } = options;
    const usage = createUsageTruth({ vendor: name, seed, size: fleet.size, days, clock, profile: module.usage });
    const vendor = module.create({
      clock,
      secrets,
      fleet,
      usage,
      limits: createLimits(clock, options.limits),
      random: (...keys) => randomFrom(seed, name, ...keys),
      switches: options.switches[name] ?? {},
      document: description(name),
      delays: DELAYS,
    });
    vendors.set(name, { module, vendor, fleet, usage });
  }
  return {
    clock,
    effects: createEffectLog(clock),
    log: createRequestLog(clock),
    faults: createFaults(randomFrom(seed, 'faults')),
    lastPages: new Map(),
    vendors,
  };
}

/** An equal part each, the first ones taking what is left over. */
function share(total: number, place: number, parts: number): number {
  return Math.floor(total / parts) + (place < total % parts ? 1 : 0);
}
