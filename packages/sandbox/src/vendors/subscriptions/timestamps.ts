/** `2024-12-09T15:07:03Z`; with milliseconds only if there are any. */
export function plainTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** `2024-12-09T15:07:03.159907Z`: with microseconds, of which the last three are made up. */
export function microTimestamp(milliseconds: number): string {
  const micros = String((milliseconds * 7919) % 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${micros}Z`);
}

/** `2023-01-01T00:00:00:000Z`: the colon before the milliseconds is the vendor's, and no ISO 8601. */
export function brokenTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.', ':');
}
