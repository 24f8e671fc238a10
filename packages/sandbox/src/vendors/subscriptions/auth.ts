import { type Answer, json } from '../../framework/answer.js';
import type { Limiter, Take } from '../../framework/limits.js';
import type { Admission, VendorContext, VendorRequest } from '../../framework/vendor.js';
import { oauthError, unauthorised } from './answers.js';

export const CLIENT = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };
export const TOKEN_LIFE_SECONDS = 300;
/** Of a sibling API; this one publishes no limit. Counted for each resource: the first part of the path. */
export const CALLS_PER_MINUTE = 1000;

export interface Auth {
  /** Token first, then the rate limit. */
  readonly admit: (request: VendorRequest) => Admission;
  /** Answers the token call. */
  readonly issue: (request: VendorRequest) => Answer;
  /** The answer to a rejected token, or a token that will be rejected. */
  readonly rejected: (request: VendorRequest) => Answer;
}

export function createAuth(context: VendorContext): Auth {
  const { clock, secrets, limits } = context;
  const limiter = limits.fixedWindow({ limit: CALLS_PER_MINUTE, periodMs: 60_000 });
  const expiries = new Map<string, number>();
  let serial = 0;
  secrets.add(CLIENT.clientSecret);

  const newToken = (): string => {
    serial += 1;
    const issuedAt = Math.floor(clock.now() / 1000);
    const token = signed(context, serial, {
      iat: issuedAt,
      exp: issuedAt + TOKEN_LIFE_SECONDS,
      azp: CLIENT.clientId,
      jti: serial,
    });
    secrets.add(token);
    return token;
  };
  const tokenAnswer = (token: string): Answer =>
    json(200, { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFE_SECONDS, refresh_expires_in: 0 });
  const valid = (header: string | undefined): boolean => {
    const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    const expiry = token === undefined ? undefined : expiries.get(token);
    return expiry !== undefined && clock.now() < expiry;
  };

  return {
    admit: (request) => {
      if (request.operationId === 'requestAccessToken') return {};
      if (!valid(request.headers.authorization)) return { refusal: unauthorised() };
      return limited(limiter, request, clock.now());
    },
    issue: ({ body }) => {
      const { client_id: id, client_secret: secret } = body as Readonly<Record<string, string>>;
      if (id !== CLIENT.clientId || secret !== CLIENT.clientSecret) {
        return oauthError(401, 'invalid_client', 'Invalid client or Invalid client credentials');
      }
      forgetExpired(expiries, clock.now());
      const token = newToken();
      expiries.set(token, clock.now() + TOKEN_LIFE_SECONDS * 1000);
      return tokenAnswer(token);
    },
    rejected: (request) => (request.operationId === 'requestAccessToken' ? tokenAnswer(newToken()) : unauthorised()),
  };
}

function limited(limiter: Limiter, request: VendorRequest, now: number): Admission {
  const resource = request.path.split('/')[2] ?? '';
  const take = limiter.take(resource);
  const headers = rateHeaders(take, now);
  if (take.allowed) return { headers };
  return { headers, refusal: json(429, { message: 'Rate limit exceeded', http_status_code: 429 }) };
}

function rateHeaders(take: Take, now: number): Readonly<Record<string, string>> {
  return {
    'x-rate-limit-limit': String(take.limit),
    'x-rate-limit-remaining': String(take.remaining),
    'x-rate-limit-reset': String(now + take.resetMs),
  };
}

function forgetExpired(expiries: Map<string, number>, now: number): void {
  for (const [token, expiry] of expiries) if (expiry <= now) expiries.delete(token);
}

/** Looks like a signed JWT; the signature is made up. */
function signed(context: VendorContext, serial: number, payload: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = Buffer.from(context.random('token', serial).hex(128), 'hex').toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(payload)}.${signature}`;
}
