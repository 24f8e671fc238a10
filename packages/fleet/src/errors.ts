import { type AnyConnectivityError, errorFrom, type ProviderId, toErrorInfo } from '@carrierkit/core';

/** Whatever a provider threw, as one of our errors that names the provider. */
export function providerError(thrown: unknown, provider: ProviderId, effect: 'none' | 'unknown'): AnyConnectivityError {
  return errorFrom(toErrorInfo(thrown, { provider, effect })) as AnyConnectivityError;
}
