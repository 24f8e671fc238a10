import type { ProviderId } from '../identifiers/brand.js';
import type { SimStateName } from '../model/state.js';

/**
 * What went wrong, by what the caller can do about it.
 *
 * - `input`: what the caller passed is malformed or contradicts itself; `details.issues` names the members
 * - `authentication`: the credentials were refused; check them
 * - `permission`: signed in, but this account may not do it (or the provider is configured `readOnly`)
 * - `not-found`: the vendor does not know the SIM, message, order or batch
 * - `conflict`: it clashes with how things are now: already there, held by somebody else, at two providers
 * - `illegal-transition`: a closed transition table forbids the move; `details` has the legal next states and the way round
 * - `unsupported`: the provider cannot do it at all
 * - `rate-limited`: the vendor still refused at the end of the deadline; `retryAfterMs` when told
 * - `unavailable`: the vendor could not be reached or answered with a failure of its own (5xx)
 * - `timeout`: no answer within the deadline
 * - `cancelled`: the caller's signal fired
 * - `contract`: the answer is not what the vendor documents, or a mistake in an adapter
 * - `damaged-identifier`: an identifier lost digits on its way (a spreadsheet, a JavaScript number); `details.candidates`
 * - `partial`: a merged list without some of its providers; `details.failures`
 */
export type ErrorKind =
  | 'input'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'conflict'
  | 'illegal-transition'
  | 'unsupported'
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  | 'cancelled'
  | 'contract'
  | 'damaged-identifier'
  | 'partial';
/** Could the call have changed something at the vendor? Always 'none' for reads. */
export type Effect = 'none' | 'unknown';
/** Facts that only one kind has. A map, so that `is(e, 'partial')` narrows without fourteen classes. */
export interface ErrorDetails {
  readonly input: { readonly issues: readonly { readonly path: string; readonly message: string }[] };
  /** `legal`: the next states a customer can reach; `via`: the shortest way to `to`, both ends included. */
  readonly 'illegal-transition': {
    readonly from: SimStateName;
    readonly to: SimStateName;
    readonly legal: readonly SimStateName[];
    readonly via: readonly SimStateName[] | null;
  };
  /** Whole identifiers, or patterns with `?` for each lost digit: see `fitsCandidate`. */
  readonly 'damaged-identifier': { readonly candidates: readonly string[] };
  /** Never nests, so the type is finite and provably JSON. */
  readonly partial: { readonly failures: readonly ErrorInfo<Exclude<ErrorKind, 'partial'>>[] };
}
/** The facts of an error as plain data: what outcomes, journals and `--format json` carry. `null` = not known. */
export interface ErrorInfo<K extends ErrorKind = ErrorKind> {
  readonly kind: K;
  /** For people. ICCIDs and vendor ids may stand in it; numbers of subscribers, names, message texts and secrets do not. */
  readonly message: string;
  readonly effect: Effect;
  readonly provider: ProviderId | null;
  /** OpenAPI operationId of the vendor call. */
  readonly operation: string | null;
  /** HTTP status of the vendor's answer. */
  readonly status: number | null;
  /** The vendor's own error code. */
  readonly vendorCode: string | null;
  /** The vendor's name for the request, for its support. */
  readonly requestId: string | null;
  /** The vendor's wish when to try again, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** Facts of this kind only; `null` for kinds without any. */
  readonly details: K extends keyof ErrorDetails ? ErrorDetails[K] : null;
}
const MARK: unique symbol = Symbol.for('@carrierkit/ConnectivityError') as never;

/**
 * The one error class that leaves this library. Its facts are `ErrorInfo`; `toJSON` gives them as data.
 * Recognise it with `ConnectivityError.is(e)` or `is(e, 'not-found')`, never with `instanceof`: two copies of this package may be installed.
 */
export class ConnectivityError<K extends ErrorKind = ErrorKind> extends Error implements ErrorInfo<K> {
  override readonly name = 'ConnectivityError';
  readonly kind: K;
  readonly effect: Effect;
  readonly provider: ProviderId | null;
  readonly operation: string | null;
  readonly status: number | null;
  readonly vendorCode: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly details: ErrorInfo<K>['details'];
  constructor(
    kind: K,
    message: string,
    info: Partial<Omit<ErrorInfo<K>, 'kind' | 'message'>> & { readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in info ? { cause: info.cause } : {});
    this.kind = kind;
    this.effect = info.effect ?? 'none';
    this.provider = info.provider ?? null;
    this.operation = info.operation ?? null;
    this.status = info.status ?? null;
    this.vendorCode = info.vendorCode ?? null;
    this.requestId = info.requestId ?? null;
    this.retryAfterMs = info.retryAfterMs ?? null;
    this.details = (info.details ?? emptyDetails(kind, message)) as ErrorInfo<K>['details'];
  }
  get [MARK](): true {
    return true;
  }
  /** Is this a `ConnectivityError` (of that kind), from whichever copy of this package? Narrows `details`. */
  static is(value: unknown): value is AnyConnectivityError;
  static is<K extends ErrorKind>(value: unknown, kind: K): value is ConnectivityError<K>;
  static is(value: unknown, kind?: ErrorKind): boolean {
    return (
      typeof value === 'object' &&
      value !== null &&
      MARK in value &&
      (kind === undefined || (value as { kind?: unknown }).kind === kind)
    );
  }
  /** The facts as plain data; the cause and the stack stay behind. */
  toJSON(): ErrorInfo<K> {
    const { kind, message, effect, provider, operation, status, vendorCode, requestId, retryAfterMs, details } = this;
    return { kind, message, effect, provider, operation, status, vendorCode, requestId, retryAfterMs, details };
  }
}
/** A union over the kinds, so that `switch (error.kind)` narrows `details`. */
export type AnyConnectivityError = { readonly [K in ErrorKind]: ConnectivityError<K> }[ErrorKind];
/** The same for errors as data. */
export type AnyErrorInfo = { readonly [K in ErrorKind]: ErrorInfo<K> }[ErrorKind];

/** So that the type of `details` holds where a thrower had nothing to add. An `illegal-transition` is made by the function of that name. */
function emptyDetails(kind: ErrorKind, message: string): ErrorDetails[keyof ErrorDetails] | null {
  if (kind === 'input') return { issues: [{ path: '', message }] };
  if (kind === 'damaged-identifier') return { candidates: [] };
  return kind === 'partial' ? { failures: [] } : null;
}
