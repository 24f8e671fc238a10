import type { CoverageEntry } from '../coverage/coverage.js';
import type { GroupKey, UsageFigures } from '../report/usage-report.js';
import { groupedDecimal, groupedText } from './numbers.js';

export const FIGURES = ['bytes', 'seconds', 'messages', 'cost'] as const;
export type Figure = (typeof FIGURES)[number];

export const FIGURE_NAMES: Readonly<Record<Figure, string>> = {
  bytes: 'Data',
  seconds: 'Voice',
  messages: 'SMS',
  cost: 'Cost',
};

/** What stands where a vendor did not tell a figure; never a zero. */
export const NOT_TOLD = 'not told';
/** Follows a sum that leaves records out because they do not tell the figure. */
export const PARTLY = '*';

/** Nothing of that kind: no text. Not told: said so. Partly told: marked. */
export function figureText(figures: UsageFigures, figure: Figure, textOf = exactText): string {
  const told = figures[figure];
  const untold = figures.untold[figure];
  if (told === null) return untold > 0 ? NOT_TOLD : '';
  return `${textOf(figures, figure)}${untold > 0 ? PARTLY : ''}`;
}

function exactText(figures: UsageFigures, figure: Figure): string {
  return figure === 'cost' ? costText(figures.cost) : groupedText(figures[figure] ?? 0);
}

/** `12.30 EUR + 1 JPY`: side by side, never added. */
export function costText(cost: UsageFigures['cost']): string {
  return Object.entries(cost ?? {})
    .map(([currency, amount]) => `${groupedDecimal(amount)} ${currency}`)
    .join(' + ');
}

/** Which of these rows have anything to say about a figure. */
export function isAboutFigure(rows: readonly UsageFigures[], figure: Figure): boolean {
  return rows.some((row) => row[figure] !== null || row.untold[figure] > 0);
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
