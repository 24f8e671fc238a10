import type {
  CallOptions,
  ConnectivityError,
  ErrorInfo,
  ErrorKind,
  Page,
  TimeWindow,
  UsageRecord,
} from '@carrierkit/core';

/** What is wanted. `iccids` as the vendor spells them; `null` = every SIM. */
export interface UsageQuery {
  readonly window: TimeWindow;
  readonly iccids: readonly string[] | null;
}

export type Failure = ErrorInfo<Exclude<ErrorKind, 'partial'>>;

/** One source as part of a list: its pages from a cursor on, at least one; SIMs that could not be read are put into `failures`. */
export type UsagePart = (request: {
  /** `''` = from the beginning. */
  readonly cursor: string;
  readonly size: number;
  readonly failures: Failure[];
  readonly options: CallOptions;
}) => AsyncGenerator<Page<UsageRecord>, void, undefined>;

/** What may be wrong with one SIM alone; anything else ends the list, for the next SIM would fail in the same way. */
const ofOneSim: ReadonlySet<ErrorKind> = new Set(['not-found', 'contract', 'input', 'conflict']);

/** The failure of one SIM. @throws what is not one SIM's */
export function ofSim(error: ConnectivityError, iccid: string): Failure {
  if (!ofOneSim.has(error.kind)) throw error;
  const info = error.toJSON() as Failure;
  return { ...info, message: `SIM ${iccid}: ${info.message}` };
}
