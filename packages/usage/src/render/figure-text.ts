import type { CoverageEntry } from '../coverage/coverage.js';
import type { GroupKey, UsageFigures, Whole } from '../report/usage-report.js';
import { groupedText } from './numbers.js';

export const AMOUNTS = ['bytes', 'seconds', 'messages'] as const;
export type Amount = (typeof AMOUNTS)[number];

export const AMOUNT_NAMES: Readonly<Record<Amount, string>> = { bytes: 'Data', seconds: 'Voice', messages: 'SMS' };

/** What stands where a vendor did not tell a figure; never a zero. */
export const NOT_TOLD = 'not told';
/** Follows a sum that leaves records out because they do not tell the figure. */
export const PARTLY = '*';

/** Nothing of that kind: no text. Not told: said so. Partly told: marked. */
export function amountText(
  figures: UsageFigures,
  amount: Amount,
  textOf: (told: Whole) => string = groupedText,
): string {
  const told = figures[amount];
  const untold = figures.untold[amount];
  if (told === null) return untold > 0 ? NOT_TOLD : '';
  return `${textOf(told)}${untold > 0 ? PARTLY : ''}`;
}

/** Whether these rows have anything to say about an amount. */
export function isAbout(rows: readonly UsageFigures[], amount: Amount): boolean {
  return rows.some((row) => row[amount] !== null || row.untold[amount] > 0);
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  provider: 'Carrier',
  sim: 'SIM (ICCID)',
  costType: 'Cost type',
  cycle: 'Billing cycle from',
};

export function keyName(key: GroupKey): string {
  const name = key.startsWith('attribute:') ? key.slice('attribute:'.length) : key;
  return KEY_NAMES[name] ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** `2 of 3`; `2 of ?` where the inventory was never read. */
export function simsText({ sims }: CoverageEntry): string {
  return `${groupedText(sims.read)} of ${sims.expected === null ? '?' : groupedText(sims.expected)}`;
}

/** `MB = 1,000,000 bytes (inferred)`; empty where the vendor counts bytes. */
export function unitText({ unit }: CoverageEntry): string {
  return unit === null || unit.bytes === 1 ? '' : `${unit.name} = ${groupedText(unit.bytes)} bytes (${unit.basis})`;
}

/** How rows coarser than the report's bounds were counted. */
export function bucketingText({ bucketing }: CoverageEntry): string {
  switch (bucketing) {
    case 'exact':
      return '';
    case 'vendor-day':
      return 'by UTC day of the carrier';
    case 'vendor-month':
      return 'by UTC month of the carrier';
  }
}
