import { type CommonSettings, commonSettings, field, parseSettings, type SecretSource } from '@carrierkit/adapter-kit';

/** What a Telnyx account is configured with. */
export interface TelnyxSettings extends CommonSettings {
  /** An API key of the account (API v2), or a function that fetches it. */
  readonly apiKey: SecretSource;
  /** What `suspended` sets: `disabled` (the default) gives the SIM's IP address up, `standby` keeps it. */
  readonly suspendAs?: 'disabled' | 'standby' | undefined;
  /** How many bytes the vendor's MB has; nobody states it. Default 1,000,000 (inferred from the name). */
  readonly megabyte?: number | undefined;
}

const fields = {
  ...commonSettings,
  apiKey: field.secret,
  suspendAs: field.withDefault(field.oneOf('disabled', 'standby'), 'disabled'),
  megabyte: field.withDefault(field.wholeNumber(1), 1_000_000),
} as const;

/** The settings with their defaults. */
export interface ResolvedSettings extends TelnyxSettings {
  readonly suspendAs: 'disabled' | 'standby';
  readonly megabyte: number;
}

/** @throws `input`, naming each wrong member */
export function readSettings(settings: unknown): ResolvedSettings {
  return parseSettings('telnyx', fields, settings);
}
