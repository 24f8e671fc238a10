import type { Whole } from '../report/usage-report.js';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** `12,345,678` */
export function groupedText(value: Whole): string {
  return BigInt(value).toLocaleString('en-US');
}

/** `1,234.50`: every digit that was told, grouped before the point. */
export function groupedDecimal(amount: string): string {
  const [whole = '0', decimals] = amount.replace('-', '').split('.');
  const text = `${groupedText(whole)}${decimals === undefined ? '' : `.${decimals}`}`;
  return amount.startsWith('-') ? `-${text}` : text;
}

/** Half a unit is rounded away from zero. */
export function roundedDecimal(amount: string, digits: number): string {
  const [whole = '0', decimals = ''] = amount.replace('-', '').split('.');
  if (decimals.length <= digits) return amount;
  const units = BigInt(`${whole}${decimals.slice(0, digits)}`) + (decimals.charAt(digits) >= '5' ? 1n : 0n);
  const text = units.toString().padStart(digits + 1, '0');
  const rounded = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return amount.startsWith('-') && units > 0n ? `-${rounded}` : rounded;
}

/** Decimal units, as data plans are sold in: `1.23 GB`. */
export function bytesText(bytes: Whole): string {
  const unit = unitFor(Number(bytes));
  return unit === 0
    ? `${groupedText(bytes)} ${Number(bytes) === 1 ? 'byte' : 'bytes'}`
    : `${significant(Number(bytes) / 1000 ** unit)} ${UNITS[unit]}`;
}

/** The unit in which a figure of this size has one to three digits before the point, as a power of 1000. */
export function unitFor(bytes: number): number {
  let unit = 0;
  while (Math.abs(bytes) / 1000 ** unit >= 999.5 && unit < UNITS.length - 1) unit += 1;
  return unit;
}

export function unitName(unit: number): string {
  return UNITS[unit] ?? '';
}

/** `45 s`, `12 min 05 s`, `1,234 h 05 min` */
export function durationText(seconds: Whole): string {
  const total = BigInt(seconds);
  if (total < 60n) return `${total} s`;
  const padded = (part: bigint) => part.toString().padStart(2, '0');
  if (total < 3600n) return `${total / 60n} min ${padded(total % 60n)} s`;
  return `${groupedText((total / 3600n).toString())} h ${padded((total % 3600n) / 60n)} min`;
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
