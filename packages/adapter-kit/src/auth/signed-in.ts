import { type CallOptions, ConnectivityError } from '@carrierkit/core';
import { onAbort } from '../settings/on-abort.js';
import type { Secret } from '../settings/secret.js';
import type { Timing } from '../settings/timing.js';
import type { Authenticator, Credentials } from './authenticator.js';

/** What a sign-in brought: the token, and how long it lives counted from now. */
export interface SignedIn {
  readonly token: string;
  readonly lifeMs: number;
}

interface Session {
  readonly credentials: Credentials;
  readonly renewAt: number;
  readonly endsAt: number;
}

/**
 * Signs in for a token that expires (emnify JWT, OAuth2 client credentials). One sign-in at a time, renewed before its end;
 * while a renewal fails, the old token serves until it ends. A refused secret is not tried again for a while unless it changes.
 */
export function signedIn(config: {
  readonly secret: Secret;
  readonly signIn: (secret: string) => Promise<SignedIn>;
  readonly timing: Timing;
  readonly scheme?: string;
  /** After the vendor refused the secret it is not tried again for this long: vendors lock out after a few failures in a row. Default one minute. */
  readonly refusalHoldMs?: number;
}): Authenticator {
  const { secret, signIn, timing, scheme = 'Bearer', refusalHoldMs = 60_000 } = config;
  let session: Session | null = null;
  let pending: Promise<Session> | null = null;
  let refusal: { readonly secret: string; readonly error: ConnectivityError; readonly until: number } | null = null;

  async function renew(): Promise<Session> {
    const value = await secret.reveal();
    if (refusal !== null && refusal.secret === value && timing.now() < refusal.until) throw refusal.error;
    try {
      const { token, lifeMs } = await signIn(value);
      const now = timing.now();
      const margin = Math.min(60_000, lifeMs / 5);
      refusal = null;
      session = {
        credentials: { headers: { Authorization: `${scheme} ${token}` } },
        renewAt: now + lifeMs - margin,
        endsAt: now + lifeMs,
      };
      return session;
    } catch (error) {
      if (ConnectivityError.is(error, 'authentication')) {
        refusal = { secret: value, error, until: timing.now() + refusalHoldMs };
      }
      throw error;
    }
  }

  function renewed(): Promise<Session> {
    pending ??= renew().finally(() => {
      pending = null;
    });
    return pending;
  }

  return {
    async credentials(options) {
      const now = timing.now();
      if (session !== null && now < session.renewAt) return session.credentials;
      const current = session;
      if (current !== null && now < current.endsAt) {
        return (
          await untilAborted(
            renewed().catch(() => current),
            options,
          )
        ).credentials;
      }
      return (await untilAborted(renewed(), options)).credentials;
    },
    rejected(credentials) {
      if (session?.credentials === credentials) session = null;
    },
  };
}

/** The sign-in serves all callers, so one that leaves must not end it; it only stops waiting. */
function untilAborted<T>(promise: Promise<T>, { signal }: CallOptions): Promise<T> {
  if (signal === undefined) return promise;
  promise.catch(() => {});
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(new ConnectivityError('cancelled', 'cancelled while signing in'));
    if (signal.aborted) return leave();
    const ignore = onAbort(signal, leave);
    promise.then(resolve, reject).finally(ignore);
  });
}
