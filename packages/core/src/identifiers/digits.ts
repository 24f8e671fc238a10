import { inputError } from '../errors/make-error.js';
import type { Eid, Imei, Imsi } from './brand.js';

const SEPARATORS = /[\s\u200b\u2010-\u2015\-/]/g;

/** IMSI, EID and IMEI differ only in their length: text of digits, separators taken off. */
function digitsReader<I extends string>(name: string, form: RegExp, expected: string) {
  const read = (value: unknown): I | null => {
    if (typeof value === 'string') {
      if (form.test(value)) return value as I;
      const plain = value.replace(SEPARATORS, '');
      return form.test(plain) ? (plain as I) : null;
    }
    return typeof value === 'number' && Number.isSafeInteger(value) ? read(String(value)) : null;
  };
  const parse = (input: unknown, options: { readonly path?: string }): I => {
    const value = typeof input === 'string' ? read(input) : null;
    if (value === null) throw inputError(options.path ?? name, `expected ${expected}, as text`);
    return value;
  };
  return { read, parse };
}

const imsi = digitsReader<Imsi>('imsi', /^\d{6,15}$/, '6 to 15 digits (3GPP TS 23.003)');
const imei = digitsReader<Imei>('imei', /^\d{14,16}$/, '14 to 16 digits (3GPP TS 23.003)');
const eid = digitsReader<Eid>('eid', /^\d{32}$/, '32 digits (GSMA SGP.02)');

/** An IMSI (3GPP TS 23.003: 6 to 15 digits, country code first). @throws `input`, never with the number in its text. */
export function parseImsi(input: unknown, options: { readonly path?: string } = {}): Imsi {
  return imsi.parse(input, options);
}
/** An IMEI: 14 digits without check digit, 15 with it, 16 with the software version (IMEISV). The check digit is not verified: vendors send it, leave it out or send 0. @throws `input` */
export function parseImei(input: unknown, options: { readonly path?: string } = {}): Imei {
  return imei.parse(input, options);
}
/** An EID: 32 digits. @throws `input` */
export function parseEid(input: unknown, options: { readonly path?: string } = {}): Eid {
  return eid.parse(input, options);
}
/** The IMSI in a vendor's record, text or whole number; `null` when it is none. */
export function imsiFromVendor(value: unknown): Imsi | null {
  return imsi.read(value);
}
/** The IMEI in a vendor's record, text or whole number; `null` when it is none. */
export function imeiFromVendor(value: unknown): Imei | null {
  return imei.read(value);
}
/** The EID in a vendor's record; `null` when it is none. */
export function eidFromVendor(value: unknown): Eid | null {
  return typeof value === 'string' ? eid.read(value) : null;
}
