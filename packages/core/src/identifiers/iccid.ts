import { ConnectivityError, type ErrorInfo } from '../errors/connectivity-error.js';
import { errorFrom, inputError } from '../errors/make-error.js';
import type { Iccid } from './brand.js';
import {
  candidatesOfNumber,
  candidatesOfRounded,
  candidatesOfText,
  looksLikeNumber,
  roundedZeros,
} from './damaged-iccid.js';
import { hasValidCheckDigit, luhnCheckDigit, withCheckDigit } from './luhn.js';

const DIGITS = /^\d{18,22}$/;
const HEXADECIMAL = /^[\da-f]{18,22}$/i;
/** 18 to 22 digits, then the F that fills the last half-octet on the card (ETSI TS 102 221, EF ICCID). */
const PADDED = /^(\d+)f+$/i;
const SEPARATORS = /[\s\u200b\u2010-\u2015-]/g;

/** Something odd about an ICCID that is well-formed all the same. */
export interface IccidWarning {
  /** `check-digit`: the last digit is not the Luhn digit of the others. `rounded`: it ends as if a program had rounded it. `prefix`: it does not begin with 89 (ITU-T E.118). */
  readonly code: 'check-digit' | 'rounded' | 'prefix';
  readonly message: string;
}

/** All that can be said about a text that should be an ICCID. */
export interface IccidFindings {
  /** The normal form, or `null` when there is an error. */
  readonly iccid: Iccid | null;
  readonly error: ErrorInfo<'input'> | ErrorInfo<'damaged-identifier'> | null;
  readonly warnings: readonly IccidWarning[];
  /** What may have been meant: whole ICCIDs, or patterns with `?` for every lost digit (see `fitsCandidate`). */
  readonly candidates: readonly string[];
}

/**
 * An ICCID in normal form: as printed on the card, 18 to 22 digits, check digit included. Spaces, dashes and trailing F padding are taken off;
 * a hexadecimal ICCID stays as received. A wrong check digit is no error (see `inspectIccid`).
 * @throws `input` for anything else, `damaged-identifier` for a JavaScript number or a text like `8.94E+18`, whose digits are lost.
 */
export function parseIccid(input: unknown, options: { readonly path?: string } = {}): Iccid {
  const text = typeof input === 'string' ? normalIccid(input) : null;
  if (text !== null) return text;
  const { iccid, error } = inspectIccid(input, options);
  if (iccid !== null) return iccid;
  throw errorFrom<'input' | 'damaged-identifier'>(error!);
}

/** As `parseIccid`, but never throws, and tells what looks odd. */
export function inspectIccid(input: unknown, options: { readonly path?: string } = {}): IccidFindings {
  const path = options.path ?? 'iccid';
  const text = typeof input === 'bigint' ? input.toString() : input;
  if (typeof text === 'number') return damaged(path, candidatesOfNumber(text));
  if (typeof text !== 'string')
    return failed(inputError(path, `expected a text of 18 to 22 digits, got ${kindOf(text)}`));
  const iccid = normalIccid(text);
  if (iccid !== null) return wellFormed(iccid);
  const trimmed = text.trim();
  return looksLikeNumber(trimmed)
    ? damaged(path, candidatesOfText(trimmed))
    : failed(inputError(path, complaint(trimmed)));
}

/** Is this an ICCID in normal form, as `parseIccid` returns it? */
export function isIccid(value: unknown): value is Iccid {
  return typeof value === 'string' && normalIccid(value) === value;
}

/**
 * Do two ICCIDs mean one card? Equal, or one is the other plus its right check digit; letters of hexadecimal ones in either case.
 * For what users type; ICCIDs from adapters all have their check digit and are compared with `===`.
 */
export function sameIccid(a: Iccid, b: Iccid): boolean {
  if (a === b) return true;
  if (a.length === b.length) return a.toUpperCase() === b.toUpperCase();
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.length === short.length + 1 && long.startsWith(short) && hasValidCheckDigit(long);
}

/** Every spelling of `iccid` that `sameIccid` takes for the same card (letters in upper case): makes a look-up in a `Set` possible. */
export function spellingsOf(iccid: Iccid): readonly string[] {
  if (!DIGITS.test(iccid)) return [iccid.toUpperCase()];
  return hasValidCheckDigit(iccid)
    ? [iccid, withCheckDigit(iccid), iccid.slice(0, -1)]
    : [iccid, withCheckDigit(iccid)];
}

/**
 * The ICCID in a vendor's record, cheap and without exceptions: `null` when it is none (an adapter decides what that means).
 * `absent`: this vendor leaves the check digit out, so it is added; hexadecimal ICCIDs have none and stay as received.
 */
export function iccidFromVendor(text: unknown, options: { readonly checkDigit: 'present' | 'absent' }): Iccid | null {
  if (typeof text !== 'string') return null;
  const iccid = normalIccid(text);
  if (iccid === null || options.checkDigit === 'present' || !DIGITS.test(iccid)) return iccid;
  return iccid.length < 22 ? ((iccid + luhnCheckDigit(iccid)) as Iccid) : null;
}

function normalIccid(text: string): Iccid | null {
  if (DIGITS.test(text)) return text as Iccid;
  const plain = text.replace(SEPARATORS, '');
  const digits = PADDED.exec(plain)?.[1];
  if (digits !== undefined) return DIGITS.test(digits) ? (digits as Iccid) : null;
  return HEXADECIMAL.test(plain) && /\d/.test(plain) ? (plain as Iccid) : null;
}

function wellFormed(iccid: Iccid): IccidFindings {
  const warnings: IccidWarning[] = [];
  const candidates: string[] = [];
  if (!iccid.startsWith('89'))
    warnings.push({ code: 'prefix', message: `${iccid} does not begin with 89 as ICCIDs do` });
  if (DIGITS.test(iccid)) {
    const zeros = roundedZeros(iccid);
    if (zeros > 0) {
      warnings.push({
        code: 'rounded',
        message: `${iccid} ends in ${zeros} zeros, as numbers do that a spreadsheet rounded; compare it with the card`,
      });
      candidates.push(...candidatesOfRounded(iccid, zeros));
    }
    if (!hasValidCheckDigit(iccid)) {
      warnings.push({
        code: 'check-digit',
        message: `the last digit of ${iccid} is not its check digit: a digit is wrong, or the check digit was left out`,
      });
      if (zeros === 0 && iccid.length < 22) candidates.push(withCheckDigit(iccid));
    }
  }
  return { iccid, error: null, warnings, candidates };
}

function damaged(path: string, candidates: readonly string[]): IccidFindings {
  const message = `${path === '' ? '' : `${path}: `}a program took the ICCID for a number, and its last digits are lost; keep ICCIDs as text and export them again`;
  return failed(new ConnectivityError('damaged-identifier', message, { details: { candidates } }), candidates);
}

function failed(
  error: ConnectivityError<'input'> | ConnectivityError<'damaged-identifier'>,
  candidates: readonly string[] = [],
): IccidFindings {
  return { iccid: null, error: error.toJSON(), warnings: [], candidates };
}

/** Says what is wrong without repeating the text: it may be a telephone number or a secret in the wrong place. */
function complaint(text: string): string {
  const plain = text.replace(SEPARATORS, '');
  const expected = 'expected 18 to 22 digits';
  if (plain === '') return `${expected}, got nothing`;
  if (/^\d{32}$/.test(plain)) return `${expected}, got 32: this looks like an EID`;
  if (/^\d{7,13}$/.test(plain))
    return `${expected}, got ${plain.length}: this looks like a telephone number, which begins with +`;
  if (/^\d{14,16}$/.test(plain)) return `${expected}, got ${plain.length}: this looks like an IMEI or an IMSI`;
  if (plain.startsWith('+')) return `${expected}, got a plus sign: this looks like a telephone number`;
  if (/^f+$/i.test(plain)) return `${expected}, got padding only: the card is not programmed`;
  if (/[,;\t"]/.test(text)) return `${expected} alone, found a separator: give the column of ICCIDs only`;
  if (/^[\da-f]+$/i.test(plain)) return `${expected}, got ${plain.length}`;
  return `${expected}, found other characters`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
