import { type CommonSettings, commonSettings, field, parseSettings, type SecretSource } from '@carrierkit/adapter-kit';
import { inputError } from '@carrierkit/core';

/** What a Truphone account is configured with. */
export interface TruphoneSettings extends CommonSettings {
  /** The account's API key (40 hexadecimal digits, from the portal's settings), or a function that fetches it. */
  readonly token: SecretSource;
  /** How many bytes the KB of reports has. Default 1024 (inferred: the units of usage rules are multiples of 1024). */
  readonly kilobyte?: number | undefined;
  /** Where SMS usage comes from: each SIM's call detail records (`records`, the default), or the SMS_USAGE report (`report`), whose columns are inferred. */
  readonly smsUsage?: 'records' | 'report' | undefined;
  /** Whose view SMS_IN and SMS_OUT of call detail records take: the SIM's (`sim`, the default, inferred) or the platform's. */
  readonly smsDirection?: 'sim' | 'platform' | undefined;
  /** How the state "ready" is spelled in requests; the vendor's text and sample differ. Default `PRE_ACTIVE`, the sample's (inferred). */
  readonly preActive?: 'PRE_ACTIVE' | 'PRE-ACTIVE' | undefined;
  /** Which form of the rate plan change is used. Default `v2.2`, the later one; an account of v2.0 has the other only. */
  readonly ratePlanApi?: 'v2.2' | 'v2.0' | undefined;
  /** When a rate plan change takes effect. Default `next-cycle`; `now` exists in v2.2 only, and may count as a top-up. */
  readonly ratePlanChange?: 'next-cycle' | 'now' | undefined;
  /** SIMs in one bulk call; the vendor's limit is not published. Default 100 (inferred). */
  readonly simsPerCall?: number | undefined;
  /** ICCIDs in one report request; there is an unpublished limit, and a report refused for it is asked for in halves. Default 1000 (inferred). */
  readonly simsPerReport?: number | undefined;
}

const fields = {
  ...commonSettings,
  token: field.secret,
  kilobyte: field.withDefault(field.wholeNumber(1), 1024),
  smsUsage: field.withDefault(field.oneOf('records', 'report'), 'records'),
  smsDirection: field.withDefault(field.oneOf('sim', 'platform'), 'sim'),
  preActive: field.withDefault(field.oneOf('PRE_ACTIVE', 'PRE-ACTIVE'), 'PRE_ACTIVE'),
  ratePlanApi: field.withDefault(field.oneOf('v2.2', 'v2.0'), 'v2.2'),
  ratePlanChange: field.withDefault(field.oneOf('next-cycle', 'now'), 'next-cycle'),
  simsPerCall: field.withDefault(field.wholeNumber(1), 100),
  simsPerReport: field.withDefault(field.wholeNumber(1), 1000),
} as const;

type Defaulted =
  | 'kilobyte'
  | 'smsUsage'
  | 'smsDirection'
  | 'preActive'
  | 'ratePlanApi'
  | 'ratePlanChange'
  | 'simsPerCall'
  | 'simsPerReport';

/** The settings with their defaults. */
export type ResolvedSettings = TruphoneSettings & { readonly [K in Defaulted]: NonNullable<TruphoneSettings[K]> };

/** @throws `input`, naming each wrong member */
export function readSettings(settings: unknown): ResolvedSettings {
  const resolved = parseSettings('truphone', fields, settings);
  if (resolved.ratePlanChange === 'now' && resolved.ratePlanApi === 'v2.0')
    throw inputError('ratePlanChange', "'now' needs ratePlanApi 'v2.2': v2.0 always waits for the next billing cycle");
  return resolved;
}
