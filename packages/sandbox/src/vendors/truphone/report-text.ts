import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReportTable, Row } from './report-rows.js';
import type { TruphoneSwitches } from './switches.js';

/** A piece is sent when it holds about this many characters, so that a report of any length needs no memory. */
const PIECE = 32_768;

/** RFC 4180, as the usual writer of the vendor's language does it. */
export function* csvText(table: ReportTable, rows: Iterable<Row>): Generator<string> {
  let piece = `${table.columns.map(csvCell).join(',')}\r\n`;
  for (const row of rows) {
    piece += `${row.map(csvCell).join(',')}\r\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function csvCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** An array of objects whose keys are the column titles; numbers are written digit by digit, never as doubles. */
export function* jsonText(table: ReportTable, rows: Iterable<Row>, switches: TruphoneSwitches): Generator<string> {
  const cells = table.columns.map((name) => {
    const key = `${JSON.stringify(name)}:`;
    const bare = isBareNumber(name, switches);
    return (value: string): string => key + (bare ? value : JSON.stringify(value));
  });
  let piece = '[';
  let separator = '';
  for (const row of rows) {
    piece += `${separator}{${cells.map((cell, place) => cell(row[place] ?? '')).join(',')}}`;
    separator = ',';
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]`;
}

function isBareNumber(column: string, { reportIccid, reportUsage }: TruphoneSwitches): boolean {
  switch (column) {
    case 'Source':
      return reportIccid !== 'text';
    case 'ICCID':
      return reportIccid === 'number';
    case 'Total Usage':
      return reportUsage === 'number';
    default:
      return false;
  }
}

/** Lets other requests through between two pieces: a socket that takes everything at once would never give way. */
export async function* inTurns(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await nextTurn();
  }
}
