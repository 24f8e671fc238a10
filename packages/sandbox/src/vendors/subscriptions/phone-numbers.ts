import type { Fleet } from '../../world/fleet.js';

export interface PhoneNumber {
  /** Digits without plus. */
  readonly msisdn: string;
  readonly is_primary: boolean;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

const SECOND_NUMBERS = 50_000_000;

/** A number belongs to its subscription for good, whatever SIM that has. The first is the primary one. */
export function phoneNumbersOf(fleet: Fleet, index: number): readonly PhoneNumber[] {
  const american = index % 40 === 21;
  const primary: PhoneNumber = {
    msisdn: american ? americanNumber(index) : fleet.msisdn(index),
    is_primary: true,
    country: american ? 'US' : 'NL',
  };
  if (index % 12 !== 4) return [primary];
  return [primary, { msisdn: fleet.msisdn(SECOND_NUMBERS + index), is_primary: false, country: 'NL' }];
}

/** The subscription that has this number, primary or not. */
export function indexOfNumber(fleet: Fleet, msisdn: string): number | undefined {
  const digits = msisdn.replace(/^\+/, '');
  const european = fleet.indexOfMsisdn(digits);
  const index = digits.startsWith('1917')
    ? Number(digits.slice(4)) - 2_000_000
    : european !== undefined && european >= SECOND_NUMBERS
      ? european - SECOND_NUMBERS
      : european;
  if (index === undefined || !Number.isInteger(index) || index < 0) return undefined;
  return phoneNumbersOf(fleet, index).some((number) => number.msisdn === digits) ? index : undefined;
}

/** 11 digits: the usage filter, which wants 12 to 15, cannot ask for it. */
function americanNumber(index: number): string {
  return `1917${String(2_000_000 + index).padStart(7, '0')}`;
}
