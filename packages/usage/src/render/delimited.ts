/** What a cell of a CSV file can hold; `null` is an empty cell, zero is `0`. */
export type Cell = string | number | boolean | null;

/** A line of RFC 4180. */
export function delimitedLine(cells: readonly Cell[], separator: ',' | ';', lineEnd: '\n' | '\r\n'): string {
  return `${cells.map((cell) => quoted(cell === null ? '' : String(cell), separator)).join(separator)}${lineEnd}`;
}

function quoted(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
