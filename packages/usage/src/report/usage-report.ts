import type { ProviderId, TimeWindow, UsageKind } from '@carrierkit/core';
import type { CoverageEntry } from '../coverage/coverage.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ExchangeRate, ExchangeRates } from './exchange-rates.js';
import type { WindowInput } from './window.js';

/** Pieces of the calendar, in the zone of the report. A `week` begins on Monday (ISO 8601), a `cycle` on the billing day. */
export type TimeKey = 'hour' | 'day' | 'week' | 'month' | 'cycle';
/** What a report can be grouped by. `attribute:NAME` is an attribute of the SIM's inventory entry at the time of the usage. */
export type GroupKey =
  | TimeKey
  | 'provider'
  | 'account'
  | 'sim'
  | 'tag'
  | 'kind'
  | 'direction'
  | 'costType'
  | 'country'
  | 'operator'
  | 'technology'
  | `attribute:${string}`;

/** A whole number; as decimal text where it is beyond 2^53. */
export type Whole = number | string;

/** Sums of what was told; `null` = nothing was told, which is not zero. */
export interface UsageFigures {
  readonly records: number;
  readonly bytes: Whole | null;
  readonly seconds: Whole | null;
  readonly messages: Whole | null;
  /** By currency, as exact decimal text; currencies are never added. */
  readonly cost: Readonly<Record<string, string>> | null;
  /** Records that do not tell what they should: data without bytes, voice without seconds, SMS without messages, anything without cost. */
  readonly untold: {
    readonly bytes: number;
    readonly seconds: number;
    readonly messages: number;
    readonly cost: number;
  };
}

/** One group: its keys under their own names (`null` = not told), then the figures. */
export type UsageRow = Readonly<Partial<Record<GroupKey, string | null>>> &
  UsageFigures & {
    /** Only in reports by tag: true where a SIM of this row also counts under another tag. */
    readonly overlapping?: boolean;
  };

/** How costs were brought into one currency. */
export interface CostConversion {
  readonly to: string;
  /** Of the rate file. */
  readonly name: string;
  /** The rates that were used, by date. */
  readonly rates: readonly ExchangeRate[];
  /** Days of usage for which the file has no rate: these amounts stand beside the converted ones, as they were told. */
  readonly missing: readonly { readonly currency: string; readonly date: string }[];
}

/** A report as data; `renderReport` writes it down. Its JSON form has a published schema (`@carrierkit/usage/usage-report.schema.json`). */
export interface UsageReport {
  readonly schema: 'carrierkit.usage-report/1';
  readonly window: TimeWindow & { readonly timezone: string };
  readonly groupBy: readonly GroupKey[];
  readonly coverage: readonly CoverageEntry[];
  readonly warnings: readonly string[];
  /** Each record once, whatever the rows are grouped by, and of all groups, also those that `top` leaves out. */
  readonly totals: UsageFigures;
  readonly rows: readonly UsageRow[];
  /** null = every cost is as the carrier told it. */
  readonly conversion: CostConversion | null;
  /** How many groups `top` left out; 0 without it. */
  readonly omitted: number;
}

/** The groups with the highest figure, highest first; those where it is not told are left out. */
export interface TopGroups {
  readonly by: 'records' | 'bytes' | 'seconds' | 'messages' | { readonly costIn: string };
  readonly limit: number;
}

/** Every member narrows; values of one member are alternatives. */
export interface ReportFilter {
  readonly providers?: readonly ProviderId[];
  readonly kinds?: readonly UsageKind[];
  readonly sims?: readonly string[];
  readonly accounts?: readonly string[];
  readonly tags?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly directions?: readonly ('outbound' | 'inbound')[];
  readonly costTypes?: readonly ('free' | 'inBundle' | 'outOfBundle' | 'unknown')[];
  readonly countries?: readonly string[];
  readonly technologies?: readonly string[];
}

/** What a report is asked for. */
export interface ReportOptions {
  readonly ledger: Ledger;
  readonly window: WindowInput;
  /** IANA zone of dates in `window` and of the buckets. Default UTC. */
  readonly timezone?: string;
  /** Default `['provider', 'kind']`. */
  readonly groupBy?: readonly GroupKey[];
  readonly filter?: ReportFilter;
  /** Only the groups with the highest figure. Default: all groups, ordered by their keys. */
  readonly top?: TopGroups;
  /** Day of the month on which a billing cycle begins, of all providers or each; 29 to 31 mean the last day of shorter months. Default 1. */
  readonly billingCycleDay?: number | Readonly<Record<ProviderId, number>>;
  /**
   * Parts a session that goes over a day's bound in `timezone` (with hours: an hour's) by time, in whole bytes and seconds. It counts as a record
   * where it began, and so do its messages and its cost. Default false: all of a session counts where it began.
   */
  readonly prorate?: boolean;
  /** Brings costs into one currency, each by the rate of its own UTC day. Default: as told, currencies side by side. */
  readonly convert?: { readonly to: string; readonly rates: ExchangeRates };
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}
