import { isJsonObject, type ReadError } from '@carrierkit/adapter-kit';

// REPLACE: how the vendor refuses. What is left out follows the HTTP status; `kind` is for codes that say something else than it.
/** The body is `{ code, message }`. A 401 with the vendor's own code comes before anything is done. */
export const readError: ReadError = ({ status, body }) => {
  const { code, message } = isJsonObject(body) ? body : {};
  return {
    ...(typeof message === 'string' && { message }),
    ...(typeof code === 'string' && { vendorCode: code }),
    ...(status === 401 && code === 'unauthorized' && { effect: 'none' as const }),
  };
};
