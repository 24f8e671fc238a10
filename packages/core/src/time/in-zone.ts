import type { Instant } from '../identifiers/brand.js';
import { localTime } from './local-time.js';

/** A moment as the clocks of a zone show it, with the offset: `2026-10-01T02:00:00.000+02:00`. @throws `input` when there is no such zone */
export function inZone(instant: Instant, zone: string): string {
  return localTime(instant, zone).toISO() ?? instant;
}
