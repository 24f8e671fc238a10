export interface CallOptions {
  readonly signal?: AbortSignal;
  /** For one vendor call, retries included, waiting for our own rate limit excluded. */
  readonly deadlineMs?: number;
  /** Interactive calls (the default) pass bulk ones where they wait for the same rate limit. */
  readonly priority?: 'interactive' | 'bulk';
}
/** `intent` makes the vendor's idempotency key: same intent = same effect. Left out, every call is a new intent (two equal calls on purpose are two). */
export interface WriteOptions extends CallOptions {
  readonly intent?: string;
}
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly total: number | null;
}
export interface PageOptions {
  readonly cursor?: string;
  readonly size?: number;
}
export interface PagedList<T> extends AsyncIterable<T> {
  pages(options?: PageOptions): AsyncIterable<Page<T>>;
  /** At most `limit` items; then what was read ahead is aborted. */
  toArray(options: { readonly limit: number }): Promise<readonly T[]>;
}
