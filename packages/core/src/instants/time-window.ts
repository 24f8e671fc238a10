import type { Instant } from '../identifiers/brand.js';

/** Half open: `from <= t < to`. */
export interface TimeWindow {
  readonly from: Instant;
  readonly to: Instant;
}
