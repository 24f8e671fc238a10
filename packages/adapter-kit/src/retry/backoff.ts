const firstMs = 250;
const maxMs = 20_000;

/** Full jitter: anywhere between nothing and the exponential limit of this attempt (1 = after the first). */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** attempt));
}

/** `Retry-After` (RFC 9110): seconds, or a date. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+(?:\.\d+)?$/.test(header.trim())) return Math.ceil(Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
