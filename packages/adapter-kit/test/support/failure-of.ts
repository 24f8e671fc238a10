import { ConnectivityError } from '@carrierkit/core';
import { expect } from 'vitest';

/** The error that a call fails with; any other end of it, or any other error, fails the test. */
export function failureOf(promise: Promise<unknown>) {
  return promise.then(
    () => expect.fail('should have failed'),
    (error: unknown) => {
      if (!ConnectivityError.is(error)) throw error;
      return error;
    },
  );
}
