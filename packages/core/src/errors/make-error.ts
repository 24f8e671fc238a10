import { ConnectivityError, type ErrorInfo, type ErrorKind } from './connectivity-error.js';

/** What a maker of errors may say besides kind and message. */
export type ErrorContext<K extends ErrorKind = ErrorKind> = Partial<Omit<ErrorInfo<K>, 'kind' | 'message' | 'details'>>;

/** One member of the caller's input is wrong. `path` names it (`sims[3].iccid`), `message` says what is expected; neither repeats the value. */
export function inputError(
  path: string,
  message: string,
  context: ErrorContext<'input'> = {},
): ConnectivityError<'input'> {
  return inputErrors([{ path, message }], context);
}

/** As `inputError`, for several findings at once. */
export function inputErrors(
  issues: readonly { readonly path: string; readonly message: string }[],
  context: ErrorContext<'input'> = {},
): ConnectivityError<'input'> {
  const message = issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join('; ');
  return new ConnectivityError('input', message, { ...context, details: { issues } });
}

/** The provider cannot do this at all; the message says what else the caller can do. */
export function unsupportedError(
  message: string,
  context: ErrorContext<'unsupported'> = {},
): ConnectivityError<'unsupported'> {
  return new ConnectivityError('unsupported', message, context);
}

/** The caller's `AbortSignal` fired. */
export function cancelledError(context: ErrorContext<'cancelled'> = {}): ConnectivityError<'cancelled'> {
  return new ConnectivityError('cancelled', 'the caller stopped the call', context);
}

/** The error again as something to throw, for example out of an outcome or a journal. */
export function errorFrom<K extends ErrorKind>(info: ErrorInfo<K>): ConnectivityError<K> {
  return new ConnectivityError(info.kind, info.message, info);
}

/**
 * Any thrown value as data. A `ConnectivityError` keeps its facts, an abort is `cancelled`, a `TimeoutError` is `timeout`.
 * Anything else is a mistake in code, told as `contract` by its class name only: texts of foreign errors may hold secrets or personal data.
 * The context fills what the error itself does not say; without it the effect of a foreign error is `unknown`.
 */
export function toErrorInfo(thrown: unknown, context: ErrorContext = {}): ErrorInfo {
  if (ConnectivityError.is(thrown)) {
    const info: ErrorInfo = thrown.toJSON();
    return {
      ...info,
      provider: info.provider ?? context.provider ?? null,
      operation: info.operation ?? context.operation ?? null,
    };
  }
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  const foreign = { effect: 'unknown', ...context } as const;
  if (name === 'AbortError')
    return new ConnectivityError<ErrorKind>('cancelled', 'the call was stopped', foreign).toJSON();
  if (name === 'TimeoutError')
    return new ConnectivityError<ErrorKind>('timeout', 'the call took too long', foreign).toJSON();
  return new ConnectivityError<ErrorKind>(
    'contract',
    `unexpected ${name} inside the library or an adapter`,
    foreign,
  ).toJSON();
}
