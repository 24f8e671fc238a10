import type { ReadError } from '@carrierkit/adapter-kit';
import type { Json } from '@carrierkit/core';

// REPLACE: how the vendor refuses. What is left out follows the HTTP status; `kind` is for codes that say something else than it.
/** The body is `{ code, message }`. A 401 with the vendor's own code comes before anything is done. */
export const readError: ReadError = ({ status, body }) => {
  const { code, message } = isObject(body) ? body : {};
  return {
    ...(typeof message === 'string' && { message }),
    ...(typeof code === 'string' && { vendorCode: code }),
    ...(status === 401 && code === 'unauthorized' && { effect: 'none' as const }),
  };
};

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
