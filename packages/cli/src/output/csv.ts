import type { View } from './view.js';

/** A line of RFC 4180. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvHeader<T>(view: View<T>): string {
  return csvLine(view.map(({ name }) => name));
}

export function csvRow<T>(item: T, view: View<T>): string {
  return csvLine(view.map(({ value }) => value(item)));
}
