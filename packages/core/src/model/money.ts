import { inputError } from '../errors/make-error.js';
import { addDecimals, normalDecimal } from './decimal.js';

/** An amount as decimal text with its ISO 4217 currency; never a number, never zero for "not told". */
export interface Money {
  /** Plain decimal text such as `12.30` or `-0.004`: no exponent, no thousands separators; the digits behind the point are as received. */
  readonly amount: string;
  /** Three capital letters. */
  readonly currency: string;
}

/**
 * Money from input: the amount as text (a floating-point number has already lost exactness), the currency as an ISO 4217 code.
 * @throws `input`
 */
export function parseMoney(amount: unknown, currency: unknown, options: { readonly path?: string } = {}): Money {
  const { path = 'money' } = options;
  const member = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const text = typeof amount === 'string' ? normalDecimal(amount) : null;
  if (text === null) throw inputError(member('amount'), 'expected a decimal number as text, such as "12.30"');
  const code = currencyCode(currency);
  if (code === null) throw inputError(member('currency'), 'expected an ISO 4217 code, such as EUR');
  return { amount: text, currency: code };
}

/** Money in a vendor's record: the amount as text, or as a number that is taken as its shortest decimal text. `null` when either part is missing or no amount: not told. */
export function moneyFromVendor(amount: unknown, currency: unknown): Money | null {
  const text = typeof amount === 'number' && Number.isFinite(amount) ? String(amount) : amount;
  const decimal = typeof text === 'string' ? normalDecimal(text) : null;
  const code = currencyCode(currency);
  return decimal === null || code === null ? null : { amount: decimal, currency: code };
}

/** Exact sum. @throws `input` when the currencies differ: amounts in two currencies have no sum. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw inputError('currency', `${a.currency} and ${b.currency} cannot be added`);
  return { amount: addDecimals(a.amount, b.amount), currency: a.currency };
}

function currencyCode(value: unknown): string | null {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return /^[A-Z]{3}$/.test(code) ? code : null;
}
