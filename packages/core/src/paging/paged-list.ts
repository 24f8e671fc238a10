/** What every call takes. */
export interface CallOptions {
  /** Stops the call at once, whatever it waits for; it then fails as `cancelled`. */
  readonly signal?: AbortSignal;
  /** How long one vendor call may take, repeats included, in milliseconds; the adapter's setting where left out. */
  readonly deadlineMs?: number;
  /** Interactive calls (the default) pass bulk ones where they wait for the same rate limit. */
  readonly priority?: 'interactive' | 'bulk';
}
/** What every call that changes something takes. */
export interface WriteOptions extends CallOptions {
  /** Makes the vendor's idempotency key: same intent = same effect. Left out, every call is a new intent (two equal calls on purpose are two). */
  readonly intent?: string;
}
/** One answer of a vendor's collection. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins, to be passed back as `cursor`; `null` = this was the last one. Opaque. */
  readonly next: string | null;
  /** How many items there are in all, as the vendor tells; `null` = not told. */
  readonly total: number | null;
}
/** Where to begin and how much to take at once. */
export interface PageOptions {
  /** `next` of an earlier page; left out = the beginning. */
  readonly cursor?: string;
  /** Items per page, within the provider's `capabilities.pageSize`; its default where left out. */
  readonly size?: number;
}
/**
 * A collection that is read while it is walked through: nothing is asked before the first item is, every walk starts anew,
 * and leaving the loop stops the request under way.
 */
export interface PagedList<T> extends AsyncIterable<T> {
  /** The same collection page by page, to be resumed later from a page's `next`. */
  pages(options?: PageOptions): AsyncIterable<Page<T>>;
  /** At most `limit` items; no page is asked for that these do not need. @throws `input` when the limit is no number, or negative */
  toArray(options: { readonly limit: number }): Promise<readonly T[]>;
}
