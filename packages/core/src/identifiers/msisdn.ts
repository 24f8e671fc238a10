import { inputError } from '../errors/make-error.js';
import type { Msisdn } from './brand.js';

/** E.164: country code first, no leading zero, at most 15 digits. The lower bound is ours: no international number is shorter. */
const E164 = /^[1-9]\d{4,14}$/;
const SEPARATORS = /[\s\u200b\u2010-\u2015().\-/]/g;

/**
 * A subscriber number as people write it: `+` required, since without it a national number would be taken for an international one;
 * spaces, dashes, dots, slashes and brackets are taken off. The result has no plus sign.
 * @throws `input`, never with the number in its text.
 */
export function parseMsisdn(input: unknown, options: { readonly path?: string } = {}): Msisdn {
  const path = options.path ?? 'msisdn';
  if (typeof input !== 'string')
    throw inputError(path, 'expected a text with a number in international form, such as +44 20 7946 0000');
  if (/\(\s*0\s*\)/.test(input)) throw inputError(path, 'leave the (0) out: behind the country code it is not dialled');
  const plain = input.replace(SEPARATORS, '');
  if (!plain.startsWith('+')) {
    const remedy = plain.startsWith('00') ? 'write + instead of 00' : 'begin with + and the country code';
    throw inputError(path, `expected international form: ${remedy}`);
  }
  const digits = plain.slice(1);
  if (!E164.test(digits)) throw inputError(path, 'expected + and 5 to 15 digits, the first one not 0 (ITU-T E.164)');
  return digits as Msisdn;
}

/** A number in a vendor's record: with or without plus sign, as text or as a whole number. `null` when it is none. */
export function msisdnFromVendor(value: unknown): Msisdn | null {
  const text = typeof value === 'number' && value > 0 && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  if (E164.test(text)) return text as Msisdn;
  const digits = text.replace(SEPARATORS, '').replace(/^\+/, '');
  return E164.test(digits) ? (digits as Msisdn) : null;
}

/** For people: with the plus sign. */
export function formatMsisdn(msisdn: Msisdn): string {
  return `+${msisdn}`;
}

/** Is this a subscriber number in normal form: E.164 digits without plus sign? */
export function isMsisdn(value: unknown): value is Msisdn {
  return typeof value === 'string' && E164.test(value);
}
