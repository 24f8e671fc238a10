import Table from 'cli-table3';
import pc from 'picocolors';
import type { Column, Tone, View } from './view.js';

export type Colors = ReturnType<typeof pc.createColors>;

/** How a table is drawn: into how many columns of characters (`null`: as wide as it is), and with which colours. */
export interface Canvas {
  readonly width: number | null;
  readonly colors: Colors;
}

export const colorsFor = (isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Colors =>
  pc.createColors(isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb');

const GAP = 2;
const NARROWEST = 8;
const NOTHING = '-';

/** The columns that fit, and how wide each is. Identifiers are whole; other columns get narrower, and the last of them give way. */
export interface Layout<T> {
  readonly columns: View<T>;
  readonly widths: readonly number[];
}

export function layoutFor<T>(items: readonly T[], view: View<T>, width: number | null): Layout<T> {
  const natural = view.map((column) =>
    Math.max(displayWidth(titleOf(column)), ...items.map((item) => displayWidth(textOf(column, item)))),
  );
  if (width === null) return { columns: view, widths: natural };
  const least = view.map(({ whole }, index) => (whole ? natural[index]! : Math.min(natural[index]!, NARROWEST)));
  const kept = new Set(view.keys());
  for (const index of [...view.keys()].reverse()) {
    if (total([...kept].map((column) => least[column]!)) <= width) break;
    if (!view[index]!.whole) kept.delete(index);
  }
  const columns = [...kept];
  return {
    columns: columns.map((index) => view[index]!),
    widths: shared(
      columns.map((index) => natural[index]!),
      columns.map((index) => least[index]!),
      width,
    ),
  };
}

/** What is left over goes to the narrowest first: a column that fits costs the others least. */
function shared(natural: readonly number[], least: readonly number[], width: number): readonly number[] {
  const widths = [...least];
  let left = width - total(widths);
  const growing = natural.map((_, index) => index).sort((a, b) => natural[a]! - natural[b]!);
  for (const [done, index] of growing.entries()) {
    const share = Math.floor(left / (growing.length - done));
    const more = Math.max(0, Math.min(natural[index]! - widths[index]!, share));
    widths[index]! += more;
    left -= more;
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}

export function drawHead<T>({ columns, widths }: Layout<T>, { colors }: Canvas): string {
  return draw([columns.map((column) => colors.bold(titleOf(column)))], columns, widths);
}

export function drawRows<T>(items: readonly T[], { columns, widths }: Layout<T>, canvas: Canvas): string {
  return draw(
    items.map((item) => columns.map((column) => toned(column, item, canvas))),
    columns,
    widths,
  );
}

/** One thing, a line for each of its columns. */
export function drawOne<T>(item: T, view: View<T>, canvas: Canvas): string {
  const titles = Math.max(...view.map((column) => displayWidth(titleOf(column))));
  return view
    .map((column) => `${canvas.colors.dim(titleOf(column).padEnd(titles))}  ${toned(column, item, canvas)}\n`)
    .join('');
}

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const;
const NO_BORDERS = { ...Object.fromEntries(BORDERS.map((name) => [name, ''])), middle: ' '.repeat(GAP) };

function draw(
  rows: readonly (readonly string[])[],
  columns: readonly { readonly right?: true }[],
  widths: readonly number[],
): string {
  if (rows.length === 0) return '';
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: [...widths],
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
  });
  table.push(...rows.map((row) => [...row]));
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

function toned<T>(column: Column<T>, item: T, { colors }: Canvas): string {
  const text = textOf(column, item);
  const tone = text === NOTHING ? 'quiet' : (column.tone?.(item) ?? null);
  return tone === null ? text : painterOf(tone, colors)(text);
}

function painterOf(tone: Tone, colors: Colors): (text: string) => string {
  switch (tone) {
    case 'good':
      return colors.green;
    case 'warning':
      return colors.yellow;
    case 'bad':
      return colors.red;
    case 'quiet':
      return colors.dim;
  }
}

function textOf<T>(column: Column<T>, item: T): string {
  const value = column.value(item);
  return value === null || value === '' ? NOTHING : printable(String(value));
}

/** What a vendor tells must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** `ratePlan` -> `Rate plan` */
function titleOf({ name }: { readonly name: string }): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(?:iccid|id|imsi|msisdn|sim)(?=s?\b)/g, (term) => term.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.normalize()) width += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return width;
}

/** Without the columns that no item has anything for. */
export function filledColumns<T>(items: readonly T[], view: View<T>): View<T> {
  return view.filter((column) => items.some((item) => textOf(column, item) !== NOTHING));
}
