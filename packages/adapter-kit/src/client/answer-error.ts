import type { ConnectivityError, Effect, ErrorDetails, ErrorKind, Json } from '@carrierkit/core';
import type { HeadersView } from '../http/headers.js';

/** A refused call as the adapter's error table sees it. */
export interface RefusedAnswer {
  readonly operation: string;
  readonly status: number;
  readonly headers: HeadersView;
  /** The parsed body; the text where it is not JSON; `null` where it is empty. */
  readonly body: Json;
}

/** What the adapter's error table makes of it; left out members follow the status. */
export interface ErrorReading {
  readonly kind?: ErrorKind;
  /** The vendor's words; scrubbed of subscriber data before anyone sees them. */
  readonly message?: string;
  readonly vendorCode?: string;
  readonly effect?: Effect;
  readonly retryAfterMs?: number;
  /** The same call may succeed a little later. */
  readonly retryable?: boolean;
  readonly issues?: ErrorDetails['input']['issues'];
}

/** An adapter's error table: what a refused call means in the vendor's own codes. */
export type ReadError = (answer: RefusedAnswer) => ErrorReading;

/** One attempt that brought no usable answer. */
export interface Failure {
  readonly error: ConnectivityError;
  readonly retryable: boolean;
}

/** What a status means where the adapter's table says nothing. */
export function kindOfStatus(status: number): ErrorKind {
  switch (status) {
    case 400:
    case 422:
    case 413:
    case 414:
      return 'input';
    case 401:
      return 'authentication';
    case 403:
      return 'permission';
    case 404:
    case 410:
      return 'not-found';
    case 408:
      return 'timeout';
    case 409:
    case 412:
    case 423:
      return 'conflict';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'unavailable' : 'contract';
  }
}

const retryableStatus = new Set([408, 425, 429, 500, 502, 503, 504]);

export function isRetryableStatus(status: number): boolean {
  return retryableStatus.has(status);
}

/**
 * A refusal (4xx) means that nothing was done. 408 and 5xx leave it open, and so does 429 where repeating is not safe:
 * a gateway may count after it has passed the call on. A 401 with its challenge (RFC 9110) is the check of credentials, before anything is done;
 * without one it may come from anywhere.
 */
export function effectOfStatus(status: number, headers: HeadersView): Effect {
  if (status === 401) return headers.get('www-authenticate') === null ? 'unknown' : 'none';
  return status >= 500 || status === 408 || status === 429 || status < 400 ? 'unknown' : 'none';
}
