import {
  type AnyConnectivityError,
  ConnectivityError,
  type ErrorInfo,
  type ErrorKind,
  type Provider,
} from '@carrierkit/core';
import { expect } from 'vitest';
import { errorInfo } from '../shapes/outcomes.js';
import { expectShape } from './expect-shape.js';

/** The error that this call rejects with: a ConnectivityError of the right shape. */
export async function rejection(provider: Provider, call: () => Promise<unknown>): Promise<AnyConnectivityError> {
  const thrown = await call().then(
    () => expect.fail('the call was expected to reject and did not'),
    (error: unknown) => error,
  );
  if (!ConnectivityError.is(thrown)) throw thrown;
  expectShape(thrown.toJSON(), errorInfo(provider.id), 'error');
  return thrown;
}

export async function expectRejection(
  provider: Provider,
  kind: ErrorKind,
  call: () => Promise<unknown>,
): Promise<AnyConnectivityError> {
  const error = await rejection(provider, call);
  expect(error.kind, error.message).toBe(kind);
  return error;
}

type Outcome = { readonly status: string; readonly error?: ErrorInfo };

/** A write refused as a whole: it rejects, or every item failed. Whichever, nothing may have been done. */
export async function refusals(
  provider: Provider,
  write: () => Promise<readonly Outcome[]>,
): Promise<readonly ErrorInfo[]> {
  const outcomes = await write().catch((thrown: unknown): readonly Outcome[] => {
    if (!ConnectivityError.is(thrown)) throw thrown;
    return [{ status: 'failed', error: thrown.toJSON() as ErrorInfo }];
  });
  expect(outcomes.length, 'a refusal says at least once why').toBeGreaterThan(0);
  return outcomes.map((outcome) => {
    expect(outcome.status, 'a write that must be refused').toBe('failed');
    expectShape(outcome.error, errorInfo(provider.id), 'error of a refused write');
    expect(outcome.error?.effect, 'effect of a refused write').toBe('none');
    return outcome.error as ErrorInfo;
  });
}
