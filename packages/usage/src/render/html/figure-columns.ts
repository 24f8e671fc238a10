import { minorDigits } from '../../report/figures.js';
import type { UsageFigures, Whole } from '../../report/usage-report.js';
import { AMOUNT_NAMES, AMOUNTS, type Amount, amountText, isAbout, NOT_TOLD, PARTLY } from '../figure-text.js';
import { bytesText, durationText, groupedDecimal, groupedText, roundedDecimal } from '../numbers.js';
import { html, type Markup } from './markup.js';
import type { TableColumn } from './table.js';

const READABLE: Readonly<Record<Amount, (told: Whole) => string>> = {
  bytes: bytesText,
  seconds: durationText,
  messages: groupedText,
};

/** As people say it: `1.23 GB`, `2 h 05 min`. */
export function readableAmount(figures: UsageFigures, amount: Amount): string {
  return amountText(figures, amount, READABLE[amount]);
}

/** In the currency's smallest units: `1,234.57`. */
export function moneyText(amount: string, currency: string): string {
  return groupedDecimal(roundedDecimal(amount, minorDigits(currency)));
}

/** Columns for what the rows have anything to say about: data, voice, SMS, and a cost for each currency. */
export function figureColumns<T>(rows: readonly T[], figuresOf: (row: T) => UsageFigures): readonly TableColumn<T>[] {
  const all = rows.map(figuresOf);
  const currencies = [...new Set(all.flatMap(({ cost }) => Object.keys(cost ?? {})))].toSorted();
  return [
    ...AMOUNTS.filter((amount) => isAbout(all, amount)).map((amount) => ({
      title: AMOUNT_NAMES[amount],
      figure: true,
      cell: (row: T) => amountCell(figuresOf(row), amount),
    })),
    ...currencies.map((currency) => ({
      title: `Cost ${currency}`,
      figure: true,
      cell: (row: T) => moneyCell(figuresOf(row), currency),
    })),
  ];
}

/** The same columns' cells for one set of figures, such as the sum of all rows. */
export function figureCells(rows: readonly UsageFigures[], sum: UsageFigures): readonly (Markup | string)[] {
  return figureColumns([...rows, sum], (figures) => figures).map(({ cell }) => cell(sum));
}

/** Rounded, with the exact amount below where it is another one. */
export function moneyCell({ cost, untold }: UsageFigures, currency: string): Markup {
  const amount = cost?.[currency];
  if (amount === undefined) return html`${cost === null && untold.cost > 0 ? NOT_TOLD : ''}`;
  const [exact, rounded] = [groupedDecimal(amount), moneyText(amount, currency)];
  return html`${rounded}${untold.cost > 0 ? PARTLY : ''}${exact === rounded ? '' : html`<small>${exact}</small>`}`;
}

function amountCell(figures: UsageFigures, amount: Amount): Markup {
  const told = figures[amount];
  const [readable, exact] = [readableAmount(figures, amount), told === null ? '' : groupedText(told)];
  const isExact = told === null || amount === 'messages' || Number(told) < (amount === 'bytes' ? 1000 : 60);
  return isExact ? html`${readable}` : html`${readable}<small>${exact} ${amount === 'bytes' ? 'bytes' : 's'}</small>`;
}
