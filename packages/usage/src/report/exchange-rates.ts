import { inputError } from '@carrierkit/core';

/** On this day one unit of `from` was `rate` units of `to`. */
export interface ExchangeRate {
  /** `2026-10-01` */
  readonly date: string;
  /** ISO 4217 codes, such as `USD`. */
  readonly from: string;
  readonly to: string;
  /** Decimal text, such as `0.9215`. */
  readonly rate: string;
}

/** A dated rate file: whose rates they are, for every report that uses them, and the rates. */
export interface ExchangeRates {
  /** Stands in the report: `ECB euro reference rates, October 2026`. */
  readonly name: string;
  readonly rates: readonly ExchangeRate[];
}

/** Rates are set on working days: the last one before a day counts for it, but none that is older than this. */
const RATE_LIFE_DAYS = 10;
const DAY_MS = 86_400_000;
const DECIMAL = /^\d{1,18}(\.\d{1,18})?$/;

/** The content of a rate file. @throws `input` naming the entry that is wrong */
export function parseExchangeRates(content: unknown): ExchangeRates {
  const file = record(content);
  const { name, rates } = file ?? {};
  if (typeof name !== 'string' || name.trim() === '' || !Array.isArray(rates))
    throw inputError('rates', 'expected { "name": "whose rates", "rates": [{ "date", "from", "to", "rate" }] }');
  return { name, rates: rates.map((entry: unknown, index) => parseRate(entry, `rates[${index}]`)) };
}

function parseRate(entry: unknown, path: string): ExchangeRate {
  const { date, from, to, rate } = record(entry) ?? {};
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    throw inputError(`${path}.date`, 'expected a date such as 2026-10-01');
  if (typeof from !== 'string' || typeof to !== 'string' || ![from, to].every((code) => /^[A-Z]{3}$/.test(code)))
    throw inputError(path, '`from` and `to` must be currency codes such as USD');
  if (typeof rate !== 'string' || !DECIMAL.test(rate) || !/[1-9]/.test(rate))
    throw inputError(`${path}.rate`, 'expected a positive decimal number as text, such as "0.9215"');
  return { date, from, to, rate };
}

/** The rates into one currency, looked up by currency and day. */
export class RateTable {
  readonly #byCurrency = new Map<string, ExchangeRate[]>();

  constructor({ rates }: ExchangeRates, to: string) {
    for (const rate of rates)
      if (rate.to === to) this.#byCurrency.set(rate.from, [...(this.#byCurrency.get(rate.from) ?? []), rate]);
    for (const known of this.#byCurrency.values()) known.sort((a, b) => (a.date < b.date ? 1 : -1));
  }

  /** The last rate set on or before the day; null where there is none, or none of the last ten days. */
  rateOn(day: string, from: string): ExchangeRate | null {
    const rate = this.#byCurrency.get(from)?.find(({ date }) => date <= day);
    return rate && Date.parse(day) - Date.parse(rate.date) <= RATE_LIFE_DAYS * DAY_MS ? rate : null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}
