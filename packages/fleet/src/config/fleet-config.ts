import type { ProviderFactory, ProviderId } from '@carrierkit/core';

/** One provider's block in a config: `adapter`, and what that adapter takes. Texts may hold `${NAME}` for an environment variable. */
export interface ProviderSettings {
  /** Short name (`truphone` = `@carrierkit/adapter-truphone`), package name, or `./path` of a module that exports `adapter`. */
  readonly adapter: string;
  readonly [setting: string]: unknown;
}

/** The content of a config file. */
export interface FleetConfig {
  /** The key is the provider's id, on everything it returns. In code a factory such as `truphone({ … })` may stand in place of settings. */
  readonly providers: Readonly<Record<ProviderId, ProviderSettings | ProviderFactory>>;
  readonly routing?: {
    /** Digits that ICCIDs begin with, and the provider these are at. The longest wins and is final. */
    readonly iccidPrefixes?: Readonly<Record<string, ProviderId>>;
  };
  /** Folder of runs, directory and own orders. `.carrierkit` beside a config file; without a file and without this, nothing is kept. */
  readonly stateDir?: string;
  readonly usage?: {
    /** `carrierkit.duckdb` if left out. */
    readonly ledger?: string;
    /** IANA name; `UTC` if left out. */
    readonly timezone?: string;
  };
}
