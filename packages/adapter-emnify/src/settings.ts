import { type CommonSettings, commonSettings, field, parseSettings, type SecretSource } from '@carrierkit/adapter-kit';

/** What an emnify account is configured with. */
export interface EmnifySettings extends CommonSettings {
  /** The account's application token, or a function that fetches it. */
  readonly applicationToken: SecretSource;
  /** How many bytes the vendor's MB has; nobody states it. Default 1,000,000 (inferred from figures with six decimals). */
  readonly megabyte?: number | undefined;
  /** What `volume_rx` of SMS counts: messages that the device received (`terminated`, the default) or sent (`originated`, as one older page says). */
  readonly smsDirection?: 'terminated' | 'originated' | undefined;
}

const fields = {
  ...commonSettings,
  applicationToken: field.secret,
  megabyte: field.withDefault(field.wholeNumber(1), 1_000_000),
  smsDirection: field.withDefault(field.oneOf('terminated', 'originated'), 'terminated'),
} as const;

/** The settings with their defaults. */
export interface ResolvedSettings extends EmnifySettings {
  readonly megabyte: number;
  readonly smsDirection: 'terminated' | 'originated';
}

/** @throws `input`, naming each wrong member */
export function readSettings(settings: unknown): ResolvedSettings {
  return parseSettings('emnify', fields, settings);
}
