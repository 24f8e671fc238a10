import { DateTime } from 'luxon';
import type { Instant } from '../identifiers/brand.js';
import { toInstant } from '../instants/instant.js';
import { parseZone } from './zone.js';

/**
 * A moment in luxon's form, for the siblings of this file. No file with exports of the package names luxon's types: they are another package's,
 * and declarations that need them would not compile for those who have luxon alone.
 */
export function localTime(instant: Instant, zone: string): DateTime {
  return DateTime.fromISO(instant, { zone: parseZone(zone) });
}

/**
 * The first moment at which the clocks show this. Clocks that are put back show some times twice, in a few zones even midnight;
 * a time that is left out when they are put forward counts as the moment after the gap.
 */
export function firstMoment(local: DateTime): Instant {
  return toInstant(Math.min(...local.getPossibleOffsets().map((possible) => possible.toMillis())));
}
