import type { ErrorInfo } from '../errors/connectivity-error.js';
import type { ProviderId } from '../identifiers/brand.js';

/** Which vendor call an event is about. Holds no header, body, credential or subscriber data, so it may be logged as it is. */
export interface CallEvent {
  readonly provider: ProviderId;
  /** OpenAPI operationId. */
  readonly operation: string;
  readonly method: string;
  /** Scheme, host and port that the call goes to: `https://api.example.com`. */
  readonly origin: string;
  /** The path as declared, braces included. */
  readonly path: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The same for all attempts of one call; sent to the vendor where it has a header for it. */
  readonly correlationId: string;
}

/** The one observation mechanism: tracing, metrics and logging build on it. A hook that throws does not disturb the call. */
export interface Hooks {
  /** Before each attempt. */
  onRequest?(event: CallEvent): void;
  /** After each attempt; `status` is null and `error` set when no answer came. */
  onResponse?(
    event: CallEvent & {
      readonly status: number | null;
      readonly durationMs: number;
      readonly error: ErrorInfo | null;
    },
  ): void;
  /** Before a repeated attempt. */
  onRetry?(event: CallEvent & { readonly delayMs: number; readonly error: ErrorInfo }): void;
  /** When a call waits for its rate limit; `bucket` names the binding one. */
  onWait?(event: {
    readonly provider: ProviderId;
    readonly operation: string;
    /** That of the call that waits. */
    readonly correlationId: string;
    readonly bucket: string;
    readonly waitMs: number;
  }): void;
}
