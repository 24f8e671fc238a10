const PATTERN = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration; weeks, days, hours, minutes and seconds, since months have no fixed length. */
export function parseDuration(text: string): number | undefined {
  const parts = PATTERN.exec(text);
  if (parts === null || !/\d/.test(text)) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const total = (((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0);
  return (total * 60 + (seconds ?? 0)) * 1000;
}
