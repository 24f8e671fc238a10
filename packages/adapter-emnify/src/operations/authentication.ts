import { operation } from '@carrierkit/adapter-kit';

export const authenticate = operation({
  method: 'POST',
  path: '/api/v1/authenticate',
  answer: 'json',
  repeat: 'safe',
  lane: 'sign-in',
  auth: false,
  schemas: (z) => ({
    body: z.union([
      z.strictObject({ application_token: z.string().min(1) }),
      z.strictObject({ refresh_token: z.string().min(1) }),
      z.strictObject({ username: z.string(), password: z.string(), fingerprint: z.string().optional() }),
      z.strictObject({
        mfa_token: z.string(),
        code: z.string().regex(/^\d{6}$/),
        trusted_device: z.record(z.string(), z.string()).optional(),
      }),
    ]),
    response: z.object({
      auth_token: z.string().nullish(),
      refresh_token: z.string().nullish(),
      mfa_token: z.string().nullish(),
    }),
  }),
});
