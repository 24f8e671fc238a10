import { type ErrorReading, isJsonObject, type ReadError, type RefusedAnswer } from '@carrierkit/adapter-kit';
import type { ErrorKind, Json } from '@carrierkit/core';

/** Where the vendor's code says something else than the status it comes with. */
const kinds: ReadonlyMap<number, ErrorKind> = new Map([
  [1104, 'permission'],
  [1405, 'conflict'],
  [1406, 'conflict'],
  // Comes with 404 where no IP address is left: the URL is right, the address space is full.
  [1601, 'conflict'],
]);
/** InvalidCredentials, InvalidToken, TokenExpired. */
const tokenCodes: ReadonlySet<number> = new Set([1101, 1102, 1103]);
const tooManyFailures = 1105;
const lockOutMs = 300_000;

/**
 * The status decides; the body is often empty or text/html, and newer products of the vendor call its members differently.
 * 404 may carry 1201 or 1401: both mean that something is not there. 429 is left to the kit: on an unsafe write it proves nothing (decision 9).
 */
export const readError: ReadError = ({ operation, status, headers, body }) => {
  const fields = isJsonObject(body) ? body : {};
  const code = numberOf(fields['error_code']) ?? numberOf(fields['status_code']);
  if (operation === 'authenticate' && code === tooManyFailures) return lockedOut(code);
  const kind = code === null || status === 401 || status === 429 ? undefined : kinds.get(code);
  const message = textOf(fields['message']);
  return {
    ...(kind !== undefined && { kind }),
    ...(message !== null && { message: message + notes(fields['errors']) }),
    ...(code !== null && { vendorCode: String(code) }),
    ...(status === 401 && rejectsToken(headers, code) && { effect: 'none' as const }),
    issues: issuesOf(fields['errors']),
  };
};

/** The gateway (recorded) and the API (documented) look at the token before anything is done. */
function rejectsToken(headers: RefusedAnswer['headers'], code: number | null): boolean {
  return headers.get('x-amzn-errortype')?.startsWith('AccessDenied') === true || tokenCodes.has(code ?? 0);
}

function lockedOut(code: number): ErrorReading {
  return {
    kind: 'authentication',
    message:
      'three sign-ins in a row failed, so the vendor refuses for five minutes; check the application token first',
    vendorCode: String(code),
    effect: 'none',
    retryAfterMs: lockOutMs,
    retryable: false,
  };
}

/** Validation errors (1400) name their parts in a list of errors of the same shape. */
function issuesOf(errors: Json | undefined): readonly { readonly path: string; readonly message: string }[] {
  if (!Array.isArray(errors)) return [];
  return (errors as readonly Json[]).flatMap((error) => {
    if (!isJsonObject(error)) return [];
    return [{ path: textOf(error['error_token']) ?? '', message: textOf(error['message']) ?? 'is not valid' }];
  });
}

function notes(errors: Json | undefined): string {
  const messages = issuesOf(errors).map(({ message }) => message);
  return messages.length === 0 ? '' : ` (${messages.join('; ')})`;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `1201`, or `1201.0` as some answers write it. */
function numberOf(value: Json | undefined): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
