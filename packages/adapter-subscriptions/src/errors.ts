import { isJsonObject, type ReadError, type RefusedAnswer } from '@carrierkit/adapter-kit';
import type { Json } from '@carrierkit/core';

/**
 * No error body is published for this API: the status decides, and any body or none is tolerated. Words are taken from the sibling API's two shapes and from OAuth.
 * 429 comes from the gateway, before the call is passed on: nothing was done (inferred). So does a 401 that says `UNAUTHORISED` (sibling API).
 */
export const readError: ReadError = ({ operation, status, headers, body }) => {
  const fields: Fields = isJsonObject(body) ? body : {};
  const messages = listOf(fields['messages']).filter(isText);
  const words = [...messages, fields['message'], fields['error_description']].filter(isText);
  const code = [fields['type'], fields['error']].find(isText);
  // RFC 6749: a wrong client is 401, but many servers say 400 with invalid_client.
  const wrongClient = operation === 'requestAccessToken' && (status === 400 || status === 401);
  const untilReset = status === 429 ? untilResetMs(headers) : null;
  return {
    ...(words.length > 0 && { message: words.join('; ') }),
    ...(code !== undefined && { vendorCode: code }),
    ...(wrongClient && { kind: 'authentication' as const }),
    ...((status === 429 || (status === 401 && code === 'UNAUTHORISED')) && { effect: 'none' as const }),
    ...(untilReset !== null && { retryAfterMs: untilReset }),
    issues: messages.map((message) => ({ path: '', message })),
  };
};

type Fields = Readonly<Record<string, Json>>;

const longestWindowMs = 60_000;

/** `x-rate-limit-reset` (sibling API) is a moment in epoch milliseconds, by the clock that `Date` shows. `null` where it makes no sense, or `Retry-After` says more. */
function untilResetMs(headers: RefusedAnswer['headers']): number | null {
  if (headers.get('retry-after') !== null) return null;
  const left = Number(headers.get('x-rate-limit-reset') ?? Number.NaN) - Date.parse(headers.get('date') ?? '');
  // `Date` has whole seconds.
  return left > 0 && left <= longestWindowMs + 1_000 ? left : null;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
