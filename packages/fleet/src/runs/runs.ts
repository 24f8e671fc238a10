import type {
  CallOptions,
  ErrorInfo,
  OrderOutcome,
  OrderRequest,
  OutcomeCounts,
  ProviderId,
  Recipient,
  SendOutcome,
  ServiceName,
  SettableState,
  SimOutcome,
  SimTarget,
} from '@carrierkit/core';

import type { RunProgress } from './run-progress.js';

/** Read once, from its beginning: a generator serves for one `plan` or one `start`, a list for both. */
export type Items<T> = AsyncIterable<T> | Iterable<T>;

/**
 * One kind of write over any number of items. Items are checked one by one, so the lines of a file may be passed as they are: what is no
 * ICCID or number becomes a problem of the plan, or the `failed` outcome of that item.
 */
export type Job =
  | {
      readonly type: 'change';
      readonly sims: Items<SimTarget | string>;
      readonly to: SettableState;
      readonly irreversible?: true;
    }
  | {
      readonly type: 'services';
      readonly sims: Items<SimTarget | string>;
      readonly services: Readonly<Partial<Record<ServiceName, 'enabled' | 'disabled'>>>;
    }
  | { readonly type: 'ratePlan'; readonly sims: Items<SimTarget | string>; readonly plan: string }
  | { readonly type: 'orders'; readonly orders: Items<OrderRequest> }
  | {
      readonly type: 'send';
      readonly to: Items<Recipient>;
      readonly text: string;
      readonly from?: string;
      readonly provider?: ProviderId;
    };

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * What became of one item. `to` of a message is `null` where the item was no recipient at all, and where the recipient was a number and the
 * outcome is read back from the journal, which holds no numbers.
 */
export type ItemOutcome = SimOutcome | OrderOutcome | (Without<SendOutcome, 'to'> & { readonly to: Recipient | null });

/** `item` is the position in the input, from 0. */
export type RunOutcome = { readonly item: number } & ItemOutcome;

/** How a run stands. */
export interface RunReport {
  readonly runId: string;
  readonly counts: OutcomeCounts;
  /** Every item has its outcome. `resume` continues one that has not finished. */
  readonly finished: boolean;
  /** Providers that were down for longer than `outagePatienceMs`, and why; their items are left for `resume`. Told by `start` and `resume` only. */
  readonly outages: Readonly<Record<ProviderId, ErrorInfo>>;
}

/** What a run would do, found out without changing anything. */
export interface RunPlan {
  /** Items that would be done. */
  readonly items: number;
  /** Bad lines, damaged ICCIDs, duplicates and targets without a provider; the message of each says which item. */
  readonly problems: readonly ErrorInfo[];
  /** Moves that cannot be undone. */
  readonly irreversible: number;
  /** What the moves cost, in the vendors' words. */
  readonly billing: readonly string[];
  readonly calls: Readonly<Record<ProviderId, number>>;
}

/** An item that cannot be done: a bad line, a damaged ICCID, one that was there before, or one without a provider. */
export interface RunProblem {
  /** The position in the input, from 0. */
  readonly item: number;
  readonly error: ErrorInfo;
}

/** How a run is carried out. */
export interface RunOptions extends CallOptions {
  /** Called by `start` for each item that cannot be done, all of them before the first write; what it throws ends the run before anything was sent. */
  readonly onProblem?: (problem: RunProblem) => void;
  /** Called as each item is done. */
  readonly onOutcome?: (outcome: RunOutcome) => void;
  /** Stops the run after this many `failed` or `unknown` outcomes; what was not begun is left for `resume`. */
  readonly stopAfterFailures?: number;
  /** Called after each call, and when a provider pauses or goes on. */
  readonly onProgress?: (progress: RunProgress) => void;
  /**
   * A provider that is down pauses, the others go on. It is asked from time to time whether it is back; after this many milliseconds its items are left
   * for `resume`. Default 300,000; 0 leaves them at once.
   */
  readonly outagePatienceMs?: number;
}

/**
 * Bulk writes that nothing doubles and nothing loses: each vendor call is written down before it is made and after it was answered, so a
 * process killed at any instant leaves a run that `resume` completes. The signal stops a run between calls, never inside one.
 */
export interface Runs {
  /** What `start` would do with this job; changes nothing. */
  plan(job: Job, options?: CallOptions): Promise<RunPlan>;
  /** Takes in the whole input first, then does it. @throws `conflict` where the run exists already. */
  start(job: Job, options?: RunOptions & { readonly id?: string }): Promise<RunReport>;
  /** Goes on where a run ended or was killed. @throws `conflict` while another process holds it. */
  resume(runId: string, options?: RunOptions): Promise<RunReport>;
  /**
   * Asks the vendors what became of changes and orders that they had only accepted, until they are done or the deadline comes, and keeps the answers: `list`
   * and `outcomes` tell them from then on. What is still open stays `accepted`, and may be asked about again. `onOutcome` hears of each that was asked
   * about. Messages stay accepted; their delivery is `messaging.delivery`. @throws `conflict` while a process holds the run
   */
  confirm(runId: string, options?: CallOptions & Pick<RunOptions, 'onOutcome'>): Promise<RunReport>;
  /** All runs of the store, also those of other processes. */
  list(): Promise<readonly RunReport[]>;
  /** What has been done so far, in the order in which it was done; what `confirm` found stands in for what had been accepted. */
  outcomes(runId: string): AsyncIterable<RunOutcome>;
}
