import { IANAZone } from 'luxon';
import { inputError } from '../errors/make-error.js';

/** Checks the name of a time zone, such as `Europe/Berlin` or `UTC`. @throws `input` */
export function parseZone(input: unknown, options: { readonly path?: string } = {}): string {
  if (typeof input === 'string' && IANAZone.isValidZone(input)) return input;
  throw inputError(options.path ?? 'timezone', 'expected the IANA name of a time zone, such as Europe/Berlin or UTC');
}
