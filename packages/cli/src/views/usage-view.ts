import type { GroupKey, UsageFigures, UsageRow, Whole } from '@carrierkit/usage';
import type { Column, View } from '../output/view.js';

/** The columns of a report: its group keys, then the figures as they are told. */
export function usageView(groupBy: readonly GroupKey[]): View<UsageRow> {
  return [
    ...groupBy.map((key): Column<UsageRow> => ({ name: key, value: (row) => row[key] ?? null, whole: true })),
    ...FIGURES,
  ];
}

export const FIGURES: View<UsageFigures> = [
  { name: 'records', right: true, value: ({ records }) => records },
  { name: 'bytes', right: true, value: ({ bytes }) => bytes },
  { name: 'seconds', right: true, value: ({ seconds }) => seconds },
  { name: 'messages', right: true, value: ({ messages }) => messages },
  { name: 'cost', right: true, value: ({ cost }) => cost && moneyText(cost), whole: true },
  ...(['bytes', 'seconds', 'messages', 'cost'] as const).map(
    (figure): Column<UsageFigures> => ({
      name: `untold_${figure}`,
      value: ({ untold }) => untold[figure],
      detail: true,
    }),
  ),
];

/** For people: bytes in a unit that leaves three digits. */
export function readable<T extends UsageFigures>(view: View<T>): View<T> {
  return view.map((column) =>
    column.name === 'bytes' ? { ...column, name: 'data', value: ({ bytes }) => bytes && bytesText(bytes) } : column,
  );
}

function moneyText(cost: Readonly<Record<string, string>>): string {
  return Object.entries(cost)
    .map(([currency, amount]) => `${amount} ${currency}`)
    .join(' + ');
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, as data plans are sold in. */
export function bytesText(bytes: Whole): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${UNITS[unit]}`;
}
