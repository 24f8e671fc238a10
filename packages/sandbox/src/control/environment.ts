import { vendorNames } from '@carrierkit/vendor-apis';
import type { RunningVendor } from '../framework/engine.js';
import type { CallEnvironment } from '../framework/vendor-call.js';
import { ControlError } from './control-error.js';

export interface ControlEnvironment extends CallEnvironment {
  readonly reset: () => void;
}

export const adapterSchema = { type: 'string', enum: [...vendorNames] };

/** The vendor that has this SIM. */
export function vendorOfSim(environment: ControlEnvironment, iccid: string): RunningVendor {
  for (const running of environment.engine().vendors.values()) {
    if (running.vendor.findSim(iccid) !== undefined) return running;
  }
  throw new ControlError(404, `No vendor has a SIM ${iccid}`);
}
