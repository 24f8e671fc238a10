/** A UTC day as whole days since 1970-01-01. */
export type Day = number;

export const DAY_MS = 86_400_000;

export function dayOf(milliseconds: number): Day {
  return Math.floor(milliseconds / DAY_MS);
}

export function dayStart(day: Day): number {
  return day * DAY_MS;
}

/** `YYYY-MM-DD`. */
export function dayText(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day of a `YYYY-MM-DD`, `undefined` for text that is no date of the calendar. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  const day = dayOf(milliseconds);
  return dayText(day) === text ? day : undefined;
}
