import { inputError } from '@carrierkit/core';

/** A text literal. DuckDB knows no backslash escapes, so doubling the quote is the whole of it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function textList(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]::VARCHAR[]`;
}

/** `column IN (...)`; an empty list matches nothing. */
export function isOneOf(expression: string, values: readonly string[]): string {
  return values.length === 0 ? 'false' : `${expression} IN (${values.map(text).join(', ')})`;
}

/** A TIMESTAMP literal (UTC, without zone: the ledger holds nothing else). */
export function timestamp(instant: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw inputError('window', 'expected instants such as 2026-10-01T00:00:00.000Z');
  return `TIMESTAMP ${text(new Date(time).toISOString().slice(0, 23).replace('T', ' '))}`;
}

/** The canonical text of an instant, made by DuckDB. */
export function instantText(expression: string): string {
  return `strftime(${expression}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
