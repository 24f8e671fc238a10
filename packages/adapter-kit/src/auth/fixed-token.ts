import type { Secret } from '../settings/secret.js';
import type { Authenticator, Credentials } from './authenticator.js';

/** One key that does not expire (Truphone): `Authorization: <scheme> <key>`. A key given as a function is asked for once, and again after a 401. */
export function fixedToken(scheme: string, secret: Secret): Authenticator {
  let current: Promise<Credentials> | null = null;
  return {
    credentials() {
      current ??= secret.reveal().then(
        (token) => ({ headers: { Authorization: `${scheme} ${token}` } }),
        (error: unknown) => {
          current = null;
          throw error;
        },
      );
      return current;
    },
    rejected() {
      current = null;
    },
  };
}
