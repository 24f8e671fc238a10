import { type CommonSettings, commonSettings, field, parseSettings, type SecretSource } from '@carrierkit/adapter-kit';

/** What a Vendor Name account is configured with. */
// REPLACE: credentials as the vendor names them, and an option for every fact that you had to infer.
export interface VendorNameSettings extends CommonSettings {
  /** An API key of the account, or a function that fetches it. */
  readonly apiKey: SecretSource;
}

const fields = { ...commonSettings, apiKey: field.secret } as const;

/** The settings with their defaults. */
export interface ResolvedSettings extends VendorNameSettings {}

/** @throws `input`, naming each wrong member */
export function readSettings(settings: unknown): ResolvedSettings {
  return parseSettings('vendor-name', fields, settings);
}
