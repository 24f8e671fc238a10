import { operation } from '@carrierkit/adapter-kit';

export const requestAccessToken = operation({
  method: 'POST',
  path: '/auth/realms/enterprise-apis/protocol/openid-connect/token',
  answer: 'json',
  repeat: 'safe',
  lane: 'token',
  auth: false,
  encoding: 'form',
  schemas: (z) => ({
    body: z.strictObject({
      grant_type: z.literal('client_credentials'),
      client_id: z.string().min(1),
      client_secret: z.string().min(1),
    }),
    response: z.object({ access_token: z.string(), expires_in: z.number().nullish() }),
  }),
});
