import { type CommonSettings, commonSettings, field, parseSettings, type SecretSource } from '@carrierkit/adapter-kit';

/** What a subscriptions account is configured with. */
export interface SubscriptionsSettings extends CommonSettings {
  /** OAuth2 client id, or a function that fetches it. */
  readonly clientId: SecretSource;
  /** OAuth2 client secret, or a function that fetches it. */
  readonly clientSecret: SecretSource;
  /**
   * `true`: a POST whose reply was lost is repeated with its `Idempotency-Key`. The key is always sent, but the vendor publishes its rules
   * for a sibling API only; default `false`: such a POST is reported as unknown.
   */
  readonly trustIdempotencyKey?: boolean | undefined;
  /** `own` (default): orders placed through this library, re-read one by one. `vendor`: the vendor's undocumented `GET /orders`. */
  readonly listOrders?: 'own' | 'vendor' | undefined;
}

const fields = {
  ...commonSettings,
  clientId: field.secret,
  clientSecret: field.secret,
  trustIdempotencyKey: field.withDefault(field.flag, false),
  listOrders: field.withDefault(field.oneOf('own', 'vendor'), 'own'),
} as const;

/** The settings with their defaults. */
export interface ResolvedSettings extends SubscriptionsSettings {
  readonly trustIdempotencyKey: boolean;
  readonly listOrders: 'own' | 'vendor';
}

/** @throws `input`, naming each wrong member */
export function readSettings(settings: unknown): ResolvedSettings {
  return parseSettings('subscriptions', fields, settings);
}
