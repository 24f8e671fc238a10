import { inputError } from '../errors/make-error.js';

/** Luhn sum from the right; NaN when a character is no digit. A loop over character codes: adapters run it once per record. */
function luhnSum(digits: string, doubleRightmost: boolean): number {
  let sum = 0;
  let double = doubleRightmost;
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const digit = digits.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    const weighted = double ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
    double = !double;
  }
  return sum;
}

/**
 * The Luhn check digit that belongs behind `digits` (ISO/IEC 7812-1 annex B; ICCID: ITU-T E.118, IMEI: 3GPP TS 23.003).
 * @throws `input` when there is anything but decimal digits.
 */
export function luhnCheckDigit(digits: string): string {
  const sum = digits === '' ? Number.NaN : luhnSum(digits, true);
  if (Number.isNaN(sum))
    throw inputError('digits', 'expected decimal digits only; a hexadecimal number has no Luhn check digit');
  return String((10 - (sum % 10)) % 10);
}

/** The digits followed by their Luhn check digit. @throws `input` as `luhnCheckDigit` does. */
export function withCheckDigit(digits: string): string {
  return digits + luhnCheckDigit(digits);
}

/** Is the last digit the right Luhn check digit of the others? False for anything but two or more decimal digits. */
export function hasValidCheckDigit(digits: string): boolean {
  return digits.length > 1 && luhnSum(digits, false) % 10 === 0;
}
