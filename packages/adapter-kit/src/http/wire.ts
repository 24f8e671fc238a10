import type { IncomingMessage } from 'node:http';
import type { HeadersView } from './headers.js';

/** A request as it goes out. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly stream: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** An answer as it came in; `body` is a stream only where one was asked for and the status is 2xx. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: HeadersView;
  readonly body: string | IncomingMessage;
}

/** The body where no stream was asked for, or it is not 2xx: then it is text. */
export function textOf({ body }: WireAnswer): string {
  return typeof body === 'string' ? body : '';
}

/** No (whole) answer. `written`: the request, or a part of it, may have reached the vendor. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';
  readonly reason: 'timeout' | 'cancelled' | 'network' | 'proxy' | 'too-large';
  readonly written: boolean;
  /** Node's error code; for `proxy` the status with which the proxy refused. */
  readonly code: string | null;

  constructor(reason: WireFailure['reason'], written: boolean, code: string | null) {
    super(reason);
    this.reason = reason;
    this.written = written;
    this.code = code;
  }
}
