import { inputError } from '@carrierkit/core';

/** `--from` and `--to`, or `--month`. */
export interface WindowOptions {
  readonly from?: string;
  readonly to?: string;
  readonly month?: string;
}

/** A window as its two ends were typed. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

/** Dates in a zone, `to` excluded; `2026-10` is from the first of October to the first of November. @throws `input` */
export async function windowOf({ from, to, month }: WindowOptions, zone: string): Promise<Dates> {
  if (month !== undefined && from === undefined && to === undefined) return monthWindow(month);
  if (month === undefined && from !== undefined && to !== undefined) return checkedDates({ from, to }, zone);
  throw inputError('', 'say when: --from and --to (a date such as 2026-10-01; --to is excluded), or --month');
}

/** Errors of the library would name its own members, not the options. */
async function checkedDates({ from, to }: Dates, zone: string): Promise<Dates> {
  const { parseDate } = await import('@carrierkit/core/time');
  if (parseDate(from, { zone, path: '--from' }) < parseDate(to, { zone, path: '--to' })) return { from, to };
  throw inputError('--to', 'expected a date after --from; --to itself is not included');
}

function monthWindow(month: string): Dates {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined) throw inputError('--month', 'expected a month such as 2026-10');
  const next = new Date(Date.UTC(Number(year), Number(number), 1));
  return { from: `${month}-01`, to: next.toISOString().slice(0, 10) };
}
