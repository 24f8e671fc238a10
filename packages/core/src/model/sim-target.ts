import type { Iccid } from '../identifiers/brand.js';
import type { SimTarget } from './sim.js';

/** The ICCID of a target, whichever form it has. */
export function simTargetIccid(target: SimTarget): Iccid {
  return typeof target === 'string' ? target : target.iccid;
}
