import type { HeadersView } from '../http/headers.js';

/** A documented allowance: `rate` calls per `periodMs`, at most `burst` at once. */
export interface Bucket {
  readonly rate: number;
  readonly periodMs: number;
  readonly burst: number;
  /** `address`: counted per calling address, so every provider on this host draws on it. Default: per account. */
  readonly scope?: 'account' | 'address';
}

/** What the vendor's own headers say about a bucket now. */
export interface BucketReading {
  readonly bucket: string;
  readonly remaining: number;
  /** What the whole window allows; where it is told, what is left is used to the full, also beyond the declared bucket. */
  readonly limit?: number;
  /** Until the window starts anew. */
  readonly resetMs: number;
}

/** Rate limits as data. A call waits in each bucket of its lane, so the tightest binds. */
export interface Limits {
  readonly buckets: Readonly<Record<string, Bucket>>;
  readonly lanes: Readonly<Record<string, readonly string[]>>;
  /** Where the vendor tells its own count: it corrects ours, which other processes may share. */
  readonly read?: (headers: HeadersView) => BucketReading | null;
}
