import {
  type Authenticator,
  jwtLifeMs,
  Secret,
  type SecretSource,
  signedIn,
  type Timing,
} from '@carrierkit/adapter-kit';
import { ConnectivityError, type ProviderId } from '@carrierkit/core';
import type { EmnifyClient } from './operations/index.js';

/** After three failures in a row the vendor refuses for five minutes: as long we do not try a refused token again. */
const lockOutMs = 300_000;
/** For a token that does not tell its life: half of the shortest that was seen (4 hours). */
const defaultLifeMs = 2 * 3_600_000;

/** Signs in with the application token. Its JWT tells its own life (seen: 4 hours and 7 days); there is no refresh token. */
export function authenticator(
  source: SecretSource,
  provider: ProviderId,
): (client: EmnifyClient, timing: Timing) => Authenticator {
  return (client, timing) =>
    signedIn({
      secret: new Secret(source),
      timing,
      refusalHoldMs: lockOutMs,
      async signIn(secret) {
        const { data } = await client.authenticate({ body: { application_token: secret } });
        const token = data.auth_token;
        if (token === undefined || token === null) {
          const message =
            'authenticate was answered without auth_token; is this the application token of an application?';
          throw new ConnectivityError('authentication', message, { provider, operation: 'authenticate' });
        }
        return { token, lifeMs: jwtLifeMs(token) ?? defaultLifeMs };
      },
    });
}
