import { type Authenticator, Secret, signedIn, type Timing } from '@carrierkit/adapter-kit';
import type { SubscriptionsClient } from './operations/index.js';
import type { SubscriptionsSettings } from './settings.js';

/** What the vendor documents; used where `expires_in` is missing. */
const documentedLifeMs = 300_000;

/** OAuth2 client credentials (RFC 6749, 4.4). Tokens live five minutes; there is no refresh token. */
export function authenticator(
  settings: SubscriptionsSettings,
): (client: SubscriptionsClient, timing: Timing) => Authenticator {
  const clientId = new Secret(settings.clientId);
  return (client, timing) =>
    signedIn({
      secret: new Secret(settings.clientSecret),
      timing,
      async signIn(secret) {
        const { data } = await client.requestAccessToken({
          body: { grant_type: 'client_credentials', client_id: await clientId.reveal(), client_secret: secret },
        });
        const lifeMs = typeof data.expires_in === 'number' ? data.expires_in * 1000 : documentedLifeMs;
        return { token: data.access_token, lifeMs };
      },
    });
}
