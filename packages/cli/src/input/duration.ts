import { inputError } from '@carrierkit/core';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d{1,9})(ms|s|m|h)$/;

/** `90s` -> 90000. @throws `input` */
export function parseDuration(text: string, path: string): number {
  const [, count, unit] = DURATION.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw inputError(path, 'expected a duration such as 30s, 5m or 1h');
  return Number(count) * UNITS[unit]!;
}
