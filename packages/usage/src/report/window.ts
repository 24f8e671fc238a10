import { inputError, type TimeWindow } from '@carrierkit/core';
import { parseDate, parseZone } from '@carrierkit/core/time';

/** Dates (`2026-10-01`, a day's first moment in the zone of the call) or instants; `to` is excluded. */
export interface WindowInput {
  readonly from: string;
  readonly to: string;
}

/** The window as instants. @throws `input` for anything that is no date or instant, and where `from` is not before `to` */
export function resolveWindow(window: WindowInput, timezone = 'UTC'): TimeWindow {
  const zone = parseZone(timezone);
  const resolved = {
    from: parseDate(window.from, { zone, path: 'window.from' }),
    to: parseDate(window.to, { zone, path: 'window.to' }),
  };
  if (resolved.from >= resolved.to) throw inputError('window', '`from` must be before `to`, and `to` is excluded');
  return resolved;
}
