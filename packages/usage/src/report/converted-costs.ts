import { addDecimals, multiplyDecimals } from '@carrierkit/core';
import type { LedgerReader } from '../ledger/ledger.js';
import { type ExchangeRate, type ExchangeRates, RateTable } from './exchange-rates.js';
import { inMinorUnits } from './figures.js';
import type { KeyPlan } from './group-keys.js';
import { type Selection, selectionSql } from './selection.js';
import type { CostConversion, UsageFigures } from './usage-report.js';

export interface ConvertedCosts {
  /** By the raw labels of a group, as JSON. */
  readonly byGroup: ReadonlyMap<string, UsageFigures['cost']>;
  readonly conversion: CostConversion;
}

/** The costs of each group in one currency, each amount by the rate of its own UTC day; what has no rate stays as it was told. */
export async function convertedCosts(
  reader: LedgerReader,
  keys: readonly KeyPlan[],
  selection: Selection,
  { to, rates }: { readonly to: string; readonly rates: ExchangeRates },
): Promise<ConvertedCosts> {
  const table = new RateTable(rates, to);
  const used = new Map<string, ExchangeRate>();
  const missing = new Map<string, { readonly currency: string; readonly date: string }>();
  const sums = new Map<string, Map<string, string>>();
  for (const row of await reader.query(costsByDaySql(keys, selection))) {
    const [currency, day, cost] = [String(row['currency']), String(row['day']), String(row['cost'])];
    const rate = currency === to ? null : table.rateOn(day, currency);
    if (rate) used.set(`${rate.date} ${rate.from}`, rate);
    else if (currency !== to) missing.set(`${day} ${currency}`, { currency, date: day });
    const [amount, into] = rate ? [multiplyDecimals(cost, rate.rate), to] : [cost, currency];
    const group = groupOf(keys.map((_, index) => row[`l${index}`]));
    const known = sums.get(group) ?? new Map<string, string>();
    known.set(into, addDecimals(known.get(into) ?? '0', amount));
    sums.set(group, known);
  }
  const byGroup = [...sums].map(([group, amounts]) => [group, costOf(amounts)] as const);
  const inOrder = <T>(found: ReadonlyMap<string, T>) =>
    [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return {
    byGroup: new Map(byGroup),
    conversion: { to, name: rates.name, rates: inOrder(used), missing: inOrder(missing) },
  };
}

export function groupOf(labels: readonly unknown[]): string {
  return JSON.stringify(labels.map((label) => label ?? null));
}

function costOf(amounts: ReadonlyMap<string, string>): UsageFigures['cost'] {
  const entries = [...amounts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([currency, amount]) => [currency, inMinorUnits(amount, currency)]));
}

function costsByDaySql(keys: readonly KeyPlan[], selection: Selection): string {
  const tag = keys.some(({ key }) => key === 'tag');
  const inventory = keys.some(({ needsInventory }) => needsInventory);
  const list = (parts: readonly string[]) => parts.map((part) => `${part}, `).join('');
  const conditions = [...selection.conditions, 'u.cost IS NOT NULL', 'u.currency IS NOT NULL'];
  return `SELECT ${list(keys.map(({ labelled }, index) => `${labelled(`k${index}`)} AS l${index}`))}
      currency, strftime(day, '%Y-%m-%d') AS day, cost::VARCHAR AS cost
    FROM (SELECT ${list(keys.map(({ expression }, index) => `${expression} AS k${index}`))}
        u.currency AS currency, u.started_at::DATE AS day, sum(u.cost) AS cost
      ${selectionSql({ ...selection, conditions }, { inventory, tag })}
      GROUP BY ${list(keys.map((_, index) => `k${index}`))} u.currency, u.started_at::DATE)`;
}
