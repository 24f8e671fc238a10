import { isJsonObject, type ReadError } from '@carrierkit/adapter-kit';
import type { ErrorKind, Json } from '@carrierkit/core';

/** Where the vendor's code says something else than the status it comes with (its list of API error codes). */
const kinds: ReadonlyMap<string, ErrorKind> = new Map([
  ['10005', 'not-found'],
  ['10009', 'authentication'],
  ['10010', 'permission'],
  ['10011', 'rate-limited'],
  ['10012', 'conflict'],
]);
/** The credentials are looked at before anything is done, and this code says that they were not taken. */
const authenticationFailed = '10009';

interface VendorError {
  readonly code: string | null;
  readonly message: string;
  readonly path: string;
}

/** The body is `{ errors: [{ code, title, detail, source: { pointer, parameter } }] }` (documented); the first error decides. */
export const readError: ReadError = ({ status, body }) => {
  const errors = errorsOf(body);
  const [first] = errors;
  if (first === undefined) return {};
  const kind = first.code === null || status === 401 || status === 429 ? undefined : kinds.get(first.code);
  return {
    ...(kind !== undefined && { kind }),
    message: errors.map(({ message }) => message).join('; '),
    ...(first.code !== null && { vendorCode: first.code }),
    ...(status === 401 && first.code === authenticationFailed && { effect: 'none' as const }),
    issues: errors.map(({ path, message }) => ({ path, message })),
  };
};

function errorsOf(body: Json): readonly VendorError[] {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  if (!Array.isArray(errors)) return [];
  return (errors as readonly Json[]).filter(isJsonObject).map((error) => {
    const source = isJsonObject(error['source']) ? error['source'] : {};
    return {
      code: textOf(error['code']),
      message: textOf(error['detail']) ?? textOf(error['title']) ?? 'refused without a reason',
      path: textOf(source['pointer']) ?? textOf(source['parameter']) ?? '',
    };
  });
}

/** Codes come as text, in some older answers as numbers. */
function textOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
