/** As in the vendor's samples: `2022-01-07T09:39:15+00:00`, without a fraction. */
export function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+00:00`;
}

/** As in report rows: `2021-10-25 08:33:20+00:00`. */
export function spacedInstant(milliseconds: number): string {
  return instant(milliseconds).replace('T', ' ');
}

/**
 * A date of a query or of a report request: `YYYY-MM-DD HH:MM:SS`, read as UTC (inferred). A date alone and ISO 8601
 * are understood too; `undefined` for anything else.
 */
export function parseDate(text: string): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text.trim());
  if (parts === null) return undefined;
  const [, date, time = '00:00:00', fraction = '', offset = 'Z'] = parts;
  const milliseconds = Date.parse(`${date}T${time}${fraction.slice(0, 4)}${offset}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Start of the billing cycle that holds the instant, UTC. A day that the month lacks becomes its last day. */
export function cycleStart(milliseconds: number, startDay: number): number {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const start = dayOfMonth(year, month, startDay);
  return start <= milliseconds ? start : dayOfMonth(year, month - 1, startDay);
}

/** Start of the cycle after the one that holds the instant. */
export function nextCycleStart(milliseconds: number, startDay: number): number {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const start = dayOfMonth(year, month, startDay);
  return start > milliseconds ? start : dayOfMonth(year, month + 1, startDay);
}

/** The same time of day `months` earlier or later; a day that the month lacks becomes its last day. */
export function addMonths(milliseconds: number, months: number): number {
  const date = new Date(milliseconds);
  const start = dayOfMonth(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
  return start + (milliseconds - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
}

function dayOfMonth(year: number, month: number, day: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day, last));
}
