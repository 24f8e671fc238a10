import { type Check, failed, passed } from './check.js';
import type { Probe } from './probe.js';

/** Tokens and windows of usage are reckoned in minutes; less than this disturbs neither. */
const TOLERATED_MS = 30_000;

/** This machine's clock beside the vendor's `Date` header (whole seconds, RFC 9110). */
export function clockCheck(provider: string, probes: readonly Probe[]): Check {
  const skews = probes.flatMap(skewOf);
  if (skews.length === 0) return passed(provider, 'clock', 'the vendor does not tell its time');
  // Of several readings the one with the least delay in it.
  const skew = skews.reduce((least, found) => (Math.abs(found) < Math.abs(least) ? found : least));
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) <= TOLERATED_MS)
    return passed(provider, 'clock', `within ${Math.max(1, seconds)} s of the vendor's`);
  const side = skew > 0 ? 'ahead of' : 'behind';
  return failed(
    provider,
    'clock',
    `this machine is ${seconds} s ${side} the vendor`,
    'Set the clock (NTP): windows of usage are cut by it, and lives of tokens are.',
  );
}

/** How far we are ahead, in milliseconds; 0 where the vendor's second lies within the call. */
function skewOf(probe: Probe): readonly number[] {
  const date = probe.reply?.headers.get('date') ?? null;
  const vendor = date === null ? Number.NaN : Date.parse(date);
  if (probe.reply === null || Number.isNaN(vendor)) return [];
  if (probe.sentAt >= vendor + 1000) return [probe.sentAt - vendor - 1000];
  return [Math.min(0, probe.receivedAt - vendor)];
}
