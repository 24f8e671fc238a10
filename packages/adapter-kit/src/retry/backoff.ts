import type { HeadersView } from '../http/headers.js';

const firstMs = 250;
const maxMs = 20_000;

/** Full jitter: anywhere between nothing and the exponential limit of this attempt (1 = after the first). */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1)));
}

/** `Retry-After` (RFC 9110): seconds, or a date, which is read against the vendor's own `Date`: our clock may be wrong. */
export function retryAfterMs(headers: HeadersView, now: number): number | null {
  const told = (headers.get('retry-after') ?? '').trim();
  if (/^\d+(?:\.\d+)?$/.test(told)) return Math.ceil(Number(told) * 1000);
  // Only with a time of day: the platform takes `in 5` for a day in May 2001, which would mean not to wait at all.
  const at = /\d:\d/.test(told) ? Date.parse(told) : Number.NaN;
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : Math.max(0, at - (Number.isNaN(sent) ? now : sent));
}
