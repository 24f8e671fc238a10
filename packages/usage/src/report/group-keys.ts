import { inputError } from '@carrierkit/core';
import { DateTime, type IANAZone } from 'luxon';
import { instantText, text } from '../ledger/sql.js';
import type { GroupKey, ReportOptions, TimeKey } from './usage-report.js';
import { hourStartSql, localTimeSql, type ZoneOffset } from './zone-offsets.js';

/** How one group key is computed: per row, per group, and as the label that stands in the report. */
export interface KeyPlan {
  readonly key: GroupKey;
  /** SQL over `u` (usage) and `i` (inventory). */
  readonly expression: string;
  /** SQL that turns the grouped value into text. */
  readonly labelled: (column: string) => string;
  readonly label: (value: string) => string;
  readonly needsInventory: boolean;
}

export const TIME_KEYS: readonly TimeKey[] = ['hour', 'day', 'week', 'month', 'cycle'];
const OPERATOR = `CASE WHEN u.mcc IS NULL THEN u.operator
  WHEN u.operator IS NULL THEN concat_ws('-', u.mcc, u.mnc) ELSE u.operator || ' (' || concat_ws('-', u.mcc, u.mnc) || ')' END`;
const PLAIN: Readonly<Record<string, { readonly expression: string; readonly needsInventory?: true }>> = {
  provider: { expression: 'u.provider' },
  account: { expression: 'coalesce(u.account, i.account)', needsInventory: true },
  sim: { expression: 'u.iccid' },
  tag: { expression: 'i.tag', needsInventory: true },
  kind: { expression: 'u.kind' },
  direction: { expression: 'u.direction' },
  costType: { expression: 'u.cost_type' },
  country: { expression: 'u.country' },
  operator: { expression: OPERATOR },
  technology: { expression: 'u.technology' },
};

/** @throws `input` for a key that does not exist or stands twice */
export function planKeys(
  groupBy: readonly GroupKey[],
  zone: IANAZone,
  offsets: readonly ZoneOffset[],
  billingCycleDay: ReportOptions['billingCycleDay'],
): readonly KeyPlan[] {
  if (new Set(groupBy).size !== groupBy.length) throw inputError('groupBy', 'the same key stands twice');
  return groupBy.map((key) => planKey(key, zone, offsets, billingCycleDay));
}

function planKey(
  key: GroupKey,
  zone: IANAZone,
  offsets: readonly ZoneOffset[],
  billingCycleDay: ReportOptions['billingCycleDay'],
): KeyPlan {
  const same = { key, labelled: (column: string) => column, label: (value: string) => value, needsInventory: false };
  const local = localTimeSql('u.started_at', offsets);
  if (key.startsWith('attribute:') && key.length > 'attribute:'.length)
    return { ...same, expression: `i.attributes[${text(key.slice('attribute:'.length))}]`, needsInventory: true };
  switch (key) {
    case 'hour':
      return {
        ...same,
        // Grouped by its instant: the hour that a clock change repeats is two hours.
        expression: hourStartSql('u.started_at', offsets),
        labelled: instantText,
        label: (value) => hourLabel(value, zone),
      };
    case 'day':
      return { ...same, expression: `${local}::DATE`, labelled: (column) => `strftime(${column}, '%Y-%m-%d')` };
    case 'week':
      return {
        ...same,
        expression: `date_trunc('week', ${local})`,
        labelled: (column) => `strftime(${column}, '%G-W%V')`,
      };
    case 'month':
      return {
        ...same,
        expression: `date_trunc('month', ${local})`,
        labelled: (column) => `strftime(${column}, '%Y-%m')`,
      };
    case 'cycle':
      return {
        ...same,
        expression: cycleStart(local, billingCycleDay ?? 1),
        labelled: (column) => `strftime(${column}, '%Y-%m-%d')`,
      };
    default: {
      const plain = PLAIN[key];
      if (!plain)
        throw inputError(
          'groupBy',
          `"${key}" is none of ${[...TIME_KEYS, ...Object.keys(PLAIN), 'attribute:NAME'].join(', ')}`,
        );
      return { ...same, expression: plain.expression, needsInventory: plain.needsInventory === true };
    }
  }
}

function hourLabel(value: string, zone: IANAZone): string {
  const time = DateTime.fromISO(value, { zone });
  return time.toFormat(zone.name === 'UTC' ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mmZZ");
}

/** The date on which the cycle around a local time began. */
function cycleStart(local: string, days: number | Readonly<Record<string, number>>): string {
  const day = typeof days === 'number' ? String(checkedDay(days)) : dayByProvider(days);
  const begin = (month: string) => `(${month} + to_days(least(${day}, day(last_day(${month}))) - 1))`;
  const thisMonth = `date_trunc('month', ${local})`;
  const lastMonth = `date_trunc('month', ${local}) - INTERVAL 1 MONTH`;
  return `(CASE WHEN ${local} >= ${begin(thisMonth)} THEN ${begin(thisMonth)} ELSE ${begin(`(${lastMonth})`)} END)::DATE`;
}

function dayByProvider(days: Readonly<Record<string, number>>): string {
  const cases = Object.entries(days).map(([provider, day]) => `WHEN ${text(provider)} THEN ${checkedDay(day)}`);
  return cases.length === 0 ? '1' : `CASE u.provider ${cases.join(' ')} ELSE 1 END`;
}

function checkedDay(day: number): number {
  if (!Number.isInteger(day) || day < 1 || day > 31)
    throw inputError('billingCycleDay', 'expected a day of the month, 1 to 31');
  return day;
}
