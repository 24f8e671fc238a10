import type { ProviderId } from '../identifiers/brand.js';
import type { SimStateName } from '../model/state.js';

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
/** Facts that only one kind has. D7 A map, so that `is(e, 'partial')` narrows without fourteen classes. */
export interface ErrorDetails {
  readonly input: { readonly issues: readonly { readonly path: string; readonly message: string }[] };
  readonly 'illegal-transition': {
    readonly from: SimStateName;
    readonly to: SimStateName;
    readonly legal: readonly SimStateName[];
    readonly via: readonly SimStateName[] | null;
  };
  readonly 'damaged-identifier': { readonly candidates: readonly string[] };
  /** Never nests, so the type is finite and provably JSON. */
  readonly partial: { readonly failures: readonly ErrorInfo<Exclude<ErrorKind, 'partial'>>[] };
}
export interface ErrorInfo<K extends ErrorKind = ErrorKind> {
  readonly kind: K;
  readonly message: string;
  readonly effect: Effect;
  readonly provider: ProviderId | null;
  /** OpenAPI operationId of the vendor call. */
  readonly operation: string | null;
  readonly status: number | null;
  readonly vendorCode: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly details: K extends keyof ErrorDetails ? ErrorDetails[K] : null;
}
const MARK: unique symbol = Symbol.for('@carrierkit/ConnectivityError') as never;
export class ConnectivityError<K extends ErrorKind = ErrorKind> extends Error implements ErrorInfo<K> {
  override readonly name = 'ConnectivityError';
  readonly [MARK] = true;
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
    this.details = (info.details ?? null) as ErrorInfo<K>['details'];
  }
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
  toJSON(): ErrorInfo<K> {
    const { kind, message, effect, provider, operation, status, vendorCode, requestId, retryAfterMs, details } = this;
    return { kind, message, effect, provider, operation, status, vendorCode, requestId, retryAfterMs, details };
  }
}
export type AnyConnectivityError = { readonly [K in ErrorKind]: ConnectivityError<K> }[ErrorKind];
export type AnyErrorInfo = { readonly [K in ErrorKind]: ErrorInfo<K> }[ErrorKind];
