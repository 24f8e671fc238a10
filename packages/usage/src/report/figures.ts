import { addDecimals } from '@carrierkit/core';
import { cellText, type Row } from '../ledger/database-file.js';
import type { UsageFigures, Whole } from './usage-report.js';

/** A record of an aggregate that tells nothing but a cost: the amounts of its cell stand in others. */
const CHARGE = "(coalesce(u.bytes, u.seconds, u.messages) IS NULL AND u.cost IS NOT NULL AND u.grain <> 'event')";

/**
 * SQL for the figures of each group and currency; `columns` maps the names of the groups to expressions over `u`.
 * Grouped by kind first: what is untold is then a difference of counts instead of a comparison of texts for every row.
 * `overlapping` is an expression over `i` that is true for a SIM which also counts elsewhere; with `continued`, `u` holds parts of records
 * of which only the first counts as one.
 */
export function figuresByCurrencySql(
  columns: Readonly<Record<string, string>>,
  from: string,
  {
    overlapping = null,
    continued = false,
  }: { readonly overlapping?: string | null; readonly continued?: boolean } = {},
): string {
  const list = (parts: readonly string[]) => parts.map((part) => `${part}, `).join('');
  const names = Object.keys(columns);
  const untold = (kind: string, told: string) =>
    `sum(CASE WHEN kind_told = '${kind}' THEN parts - ${told} - charges ELSE 0 END)`;
  return `SELECT ${list(names)} currency, sum(records) AS records, sum(bytes) AS bytes, sum(seconds) AS seconds, sum(messages) AS messages, sum(cost) AS cost,
      ${untold('data', 'told_bytes')} AS untold_bytes, ${untold('voice', 'told_seconds')} AS untold_seconds,
      ${untold('sms', 'told_messages')} AS untold_messages, sum(parts - told_cost - charged_apart) AS untold_cost
      ${overlapping === null ? '' : ', bool_or(overlapping) AS overlapping'}
    FROM (
      SELECT ${list(Object.entries(columns).map(([name, expression]) => `${expression} AS ${name}`))} u.kind AS kind_told, u.currency AS currency,
        count(*) AS parts, ${continued ? 'count(*) FILTER (WHERE NOT u.continued)' : 'count(*)'} AS records, sum(u.bytes) AS bytes, sum(u.seconds) AS seconds, sum(u.messages) AS messages, sum(u.cost) AS cost,
        count(u.bytes) AS told_bytes, count(u.seconds) AS told_seconds, count(u.messages) AS told_messages, count(u.cost) AS told_cost,
        count(*) FILTER (WHERE ${CHARGE}) AS charges, count(*) FILTER (WHERE u.charged_apart) AS charged_apart
        ${overlapping === null ? '' : `, bool_or(${overlapping}) AS overlapping`}
      ${from} GROUP BY ${list(names)} kind_told, u.currency)
    GROUP BY ${list(names)} currency`;
}

/** SQL for the figures of each group, its currencies side by side. */
export const FIGURES_OF_GROUP = `sum(records) AS records, sum(bytes) AS bytes, sum(seconds) AS seconds, sum(messages) AS messages,
  to_json(list({currency: currency, amount: cost::VARCHAR} ORDER BY currency) FILTER (WHERE currency IS NOT NULL)) AS cost,
  sum(untold_bytes) AS untold_bytes, sum(untold_seconds) AS untold_seconds, sum(untold_messages) AS untold_messages, sum(untold_cost) AS untold_cost`;

/** The figures of a row that the SQL above made. */
export function figuresOf(row: Row): UsageFigures {
  const cost = JSON.parse(cellText(row, 'cost') ?? 'null') as { currency: string; amount: string }[] | null;
  return {
    records: Number(row['records'] ?? 0),
    bytes: wholeIn(row, 'bytes'),
    seconds: wholeIn(row, 'seconds'),
    messages: wholeIn(row, 'messages'),
    cost: cost && Object.fromEntries(cost.map(({ currency, amount }) => [currency, inMinorUnits(amount, currency)])),
    untold: {
      bytes: Number(row['untold_bytes'] ?? 0),
      seconds: Number(row['untold_seconds'] ?? 0),
      messages: Number(row['untold_messages'] ?? 0),
      cost: Number(row['untold_cost'] ?? 0),
    },
  };
}

export function addFigures(a: UsageFigures, b: UsageFigures): UsageFigures {
  return {
    records: a.records + b.records,
    bytes: addWhole(a.bytes, b.bytes),
    seconds: addWhole(a.seconds, b.seconds),
    messages: addWhole(a.messages, b.messages),
    cost: addCosts(a.cost, b.cost),
    untold: {
      bytes: a.untold.bytes + b.untold.bytes,
      seconds: a.untold.seconds + b.untold.seconds,
      messages: a.untold.messages + b.untold.messages,
      cost: a.untold.cost + b.untold.cost,
    },
  };
}

export const NO_FIGURES: UsageFigures = {
  records: 0,
  bytes: null,
  seconds: null,
  messages: null,
  cost: null,
  untold: { bytes: 0, seconds: 0, messages: 0, cost: 0 },
};

/** A number where it is exact, else decimal text. */
export function whole(value: bigint): Whole {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function wholeIn(row: Row, column: string): Whole | null {
  const text = cellText(row, column);
  return text === null ? null : whole(BigInt(text));
}

function addWhole(a: Whole | null, b: Whole | null): Whole | null {
  return a === null ? b : b === null ? a : whole(BigInt(a) + BigInt(b));
}

function addCosts(a: UsageFigures['cost'], b: UsageFigures['cost']): UsageFigures['cost'] {
  if (a === null || b === null) return a ?? b;
  const sum: Record<string, string> = { ...a };
  for (const [currency, amount] of Object.entries(b)) {
    const known = sum[currency];
    sum[currency] = known === undefined ? amount : inMinorUnits(addDecimals(known, amount), currency);
  }
  return Object.fromEntries(Object.entries(sum).toSorted(([x], [y]) => (x < y ? -1 : 1)));
}

const minorUnits = new Map<string, number>();

/** All decimals that are not zero, and at least as many as the currency has: `0.30`, `0.305`. */
export function inMinorUnits(amount: string, currency: string): string {
  const [units = '0', decimals = ''] = amount.split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(minorDigits(currency), '0');
  return kept === '' ? units : `${units}.${kept}`;
}

/** Digits behind the point of a currency: 2, but 0 of yen. */
export function minorDigits(currency: string): number {
  const known = minorUnits.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // not an ISO 4217 code: a vendor's own unit, shown with two decimals
  }
  minorUnits.set(currency, digits);
  return digits;
}
