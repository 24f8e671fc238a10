import type { SimFailure } from '@carrierkit/adapter-kit';
import type { CallOptions, Page, TimeWindow, UsageRecord } from '@carrierkit/core';

/** What is wanted. `iccids` as the vendor spells them; `null` = every SIM. */
export interface UsageQuery {
  readonly window: TimeWindow;
  readonly iccids: readonly string[] | null;
}

/** One source as part of a list: its pages from a cursor on, at least one; SIMs that could not be read are put into `failures`. */
export type UsagePart = (request: {
  /** `''` = from the beginning. */
  readonly cursor: string;
  readonly size: number;
  readonly failures: SimFailure[];
  readonly options: CallOptions;
}) => AsyncGenerator<Page<UsageRecord>, void, undefined>;
