import { inputError } from '../errors/make-error.js';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/**
 * Decimal text in plain form: no plus sign, no exponent, no leading zeros, no minus before zero; the digits behind the point stay as many as they are.
 * `null` when the text is no decimal number.
 */
export function normalDecimal(text: string): string | null {
  const parts = DECIMAL.exec(text.trim());
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return null;
  const scale = fraction.length - Number(exponent);
  const digits = scale < 0 ? whole + fraction + '0'.repeat(-scale) : whole + fraction;
  return textOf(BigInt(sign === '-' ? `-${digits}` : digits) * 1n, Math.max(scale, 0));
}

/** Exact sum of two decimal texts; as many digits behind the point as the longer one has. @throws `input` when one is no decimal number. */
export function addDecimals(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b);
  return textOf(left + right, scale);
}

/** Exact product of two decimal texts; as many digits behind the point as both have together. @throws `input` when one is no decimal number. */
export function multiplyDecimals(a: string, b: string): string {
  const [left, right] = [split(a), split(b)];
  return textOf(left.units * right.units, left.scale + right.scale);
}

/** Order of two decimal texts by value, for `sort`: `1.0` and `1` are equal. @throws `input` when one is no decimal number. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = aligned(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function aligned(a: string, b: string): readonly [bigint, bigint, number] {
  const left = split(a);
  const right = split(b);
  const scale = Math.max(left.scale, right.scale);
  return [left.units * 10n ** BigInt(scale - left.scale), right.units * 10n ** BigInt(scale - right.scale), scale];
}

function split(text: string): { readonly units: bigint; readonly scale: number } {
  const decimal = normalDecimal(text);
  if (decimal === null) throw inputError('amount', 'expected a decimal number as text, such as "12.30"');
  const point = decimal.indexOf('.');
  return { units: BigInt(decimal.replace('.', '')), scale: point < 0 ? 0 : decimal.length - point - 1 };
}

function textOf(units: bigint, scale: number): string {
  if (scale === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
