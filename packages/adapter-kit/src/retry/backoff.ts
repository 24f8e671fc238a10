import type { HeadersView } from '../http/headers.js';

const firstMs = 250;
const maxMs = 20_000;

/** Full jitter: anywhere between nothing and the exponential limit of this attempt (1 = after the first). */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1)));
}

/** `Retry-After` (RFC 9110): seconds, or a date, which is read against the vendor's own `Date`: our clock may be wrong. */
export function retryAfterMs(headers: HeadersView, now: number): number | null {
  const told = headers.get('retry-after')?.trim();
  if (told === undefined) return null;
  if (/^\d+(?:\.\d+)?$/.test(told)) return Math.ceil(Number(told) * 1000);
  const at = Date.parse(told);
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : Math.max(0, at - (Number.isNaN(sent) ? now : sent));
}
