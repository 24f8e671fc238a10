import { ConnectivityError } from '@carrierkit/core';
import { Countdown } from '../settings/countdown.js';
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
  readonly life: Countdown;
  /** Renewed when no more than this is left. */
  readonly marginMs: number;
}

/**
 * Signs in for a token that expires (emnify JWT, OAuth2 client credentials). One sign-in at a time; shortly before its end the token is renewed beside the calls, which go on
 * with the old one and never wait for that. A refused secret is not tried again for a while unless it changes.
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
  let refusal: { readonly secret: string; readonly error: ConnectivityError; readonly hold: Countdown } | null = null;
  let pause: Countdown | null = null;

  async function renew(): Promise<Session> {
    const value = await secret.reveal();
    if (refusal !== null && refusal.secret === value && refusal.hold.leftMs(timing.now()) > 0) throw refusal.error;
    try {
      const { token, lifeMs } = await signIn(value);
      // One that does not tell its life serves until it is refused.
      const known = lifeMs > 0 ? lifeMs : Number.POSITIVE_INFINITY;
      refusal = null;
      session = {
        credentials: { headers: { Authorization: `${scheme} ${token}` } },
        life: new Countdown(known, timing.now()),
        marginMs: Math.min(60_000, known / 5),
      };
      return session;
    } catch (error) {
      if (ConnectivityError.is(error, 'authentication'))
        refusal = { secret: value, error, hold: new Countdown(refusalHoldMs, timing.now()) };
      throw error;
    }
  }

  function renewed(): Promise<Session> {
    pending ??= renew().finally(() => {
      pending = null;
    });
    return pending;
  }

  /** After a failure it is left alone for a part of the margin: an outage does not need a sign-in with every call. */
  function renewBeside(marginMs: number): void {
    if ((pause?.leftMs(timing.now()) ?? 0) > 0) return;
    renewed().catch(() => {
      pause = new Countdown(marginMs / 4, timing.now());
    });
  }

  return {
    async credentials() {
      const leftMs = session?.life.leftMs(timing.now()) ?? 0;
      if (session === null || leftMs === 0) return (await renewed()).credentials;
      if (leftMs <= session.marginMs) renewBeside(session.marginMs);
      return session.credentials;
    },
    rejected(credentials) {
      if (session?.credentials === credentials) session = null;
    },
  };
}
