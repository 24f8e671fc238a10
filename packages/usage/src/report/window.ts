import { inputError, type TimeWindow, toInstant } from '@carrierkit/core';
import { DateTime, IANAZone } from 'luxon';

/** Dates (`2026-10-01`, a day's start in the zone of the call) or instants; `to` is excluded. */
export interface WindowInput {
  readonly from: string;
  readonly to: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws `input` for a zone that does not exist */
export function parseZone(timezone: string): IANAZone {
  const zone = IANAZone.create(timezone);
  if (!zone.isValid) throw inputError('timezone', `"${timezone}" is no IANA time zone such as Europe/Berlin or UTC`);
  return zone;
}

/** The window as instants. @throws `input` for anything that is no date or instant, and where `from` is not before `to` */
export function resolveWindow(window: WindowInput, timezone = 'UTC'): TimeWindow {
  const zone = parseZone(timezone);
  const instant = (path: string, value: string) => {
    const time = DateTime.fromISO(value, { zone });
    const isInstant = /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) && value.includes('T');
    if (!time.isValid || !(DATE.test(value) || isInstant))
      throw inputError(path, 'expected a date such as 2026-10-01 or an instant such as 2026-10-01T00:00:00Z');
    return toInstant(time.toMillis());
  };
  const resolved = { from: instant('window.from', window.from), to: instant('window.to', window.to) };
  if (resolved.from >= resolved.to) throw inputError('window', '`from` must be before `to`, and `to` is excluded');
  return resolved;
}
