import type { VendorRequest } from '../../framework/vendor.js';
import type { SubscriptionsSwitches } from './switches.js';

export const TRANSCLUDABLE = ['subscriber', 'account', 'sim_profile', 'phone_numbers', 'services'] as const;
export type Transcludable = (typeof TRANSCLUDABLE)[number];

export interface Preference {
  readonly embed: ReadonlySet<Transcludable>;
  /** `Vary`, and `Preference-Applied` if something was asked for that exists (RFC 7240). */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads `Prefer: transclude="subscriber;account"`. Names that do not exist are passed over. */
export function preferenceOf(request: VendorRequest, { ignorePrefer }: SubscriptionsSwitches): Preference {
  const header = ignorePrefer ? '' : String(request.headers['prefer'] ?? '');
  const names = /(?:^|,)\s*transclude\s*=\s*"([^"]*)"/i.exec(header)?.[1]?.split(';') ?? [];
  const wanted = new Set(names.map((name) => name.trim()));
  const embed = new Set(TRANSCLUDABLE.filter((name) => wanted.has(name)));
  if (embed.size === 0) return { embed, headers: { Vary: 'Prefer' } };
  return { embed, headers: { Vary: 'Prefer', 'Preference-Applied': `transclude="${[...embed].join(';')}"` } };
}
