import { DateTime, IANAZone } from 'luxon';
import { inputError } from '../errors/make-error.js';
import type { Instant } from '../identifiers/brand.js';
import { toInstant } from '../identifiers/instant.js';

/** Checks the name of a time zone, such as `Europe/Berlin` or `UTC`. @throws `input` */
export function parseZone(input: unknown, options: { readonly path?: string } = {}): string {
  if (typeof input === 'string' && IANAZone.isValidZone(input)) return input;
  throw inputError(options.path ?? 'timezone', 'expected the IANA name of a time zone, such as Europe/Berlin or UTC');
}

/** A moment as the clocks of a zone show it, with the offset: `2026-10-01T02:00:00.000+02:00`. @throws `input` when there is no such zone */
export function inZone(instant: Instant, zone: string): string {
  return localTime(instant, zone).toISO() ?? instant;
}

/** For the siblings of this file; luxon types do not leave the package. */
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
