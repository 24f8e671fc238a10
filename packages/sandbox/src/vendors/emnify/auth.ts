import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Answer, empty, json } from '../../framework/answer.js';
import type { VendorContext, VendorRequest } from '../../framework/vendor.js';
import { apiError, gatewayRefusal } from './answers.js';
import { OWN, organisation } from './organisations.js';
import type { EmnifySwitches } from './switches.js';

export const APPLICATION_TOKEN = 'sandbox-application-token';
export const USERNAME = 'sandbox-user';
export const PASSWORD = 'sandbox-password';

const FAILURES_ALLOWED = 3;
const LOCKED_MS = 5 * 60 * 1000;

/** Signs callers in and checks the tokens they come back with. */
export class Authenticator {
  readonly #context: VendorContext<EmnifySwitches>;
  readonly #switches: EmnifySwitches;
  readonly #key: string;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor(context: VendorContext<EmnifySwitches>, switches: EmnifySwitches) {
    this.#context = context;
    this.#switches = switches;
    this.#key = context.random('signature').hex(64);
    context.secrets.add(APPLICATION_TOKEN, PASSWORD, passwordHash());
  }

  /** The `authenticate` operation. */
  signIn(request: VendorRequest): Answer {
    const failures = this.#failures.get(request.ip);
    if (failures !== undefined && failures.until > this.#context.clock.now()) {
      return apiError(401, 1105, 'Too many failed attempts, try again later');
    }
    const credential = request.body as Readonly<Record<string, unknown>>;
    for (const name of ['application_token', 'refresh_token', 'password', 'mfa_token']) {
      const secret = credential[name];
      if (typeof secret === 'string') this.#context.secrets.add(secret);
    }
    const withUser = credential['username'] === USERNAME && credential['password'] === passwordHash();
    const refreshed =
      typeof credential['refresh_token'] === 'string' && this.#isRefreshToken(credential['refresh_token']);
    if (credential['application_token'] !== APPLICATION_TOKEN && !withUser && !refreshed)
      return this.#refuse(request.ip);
    this.#failures.delete(request.ip);
    // An application token buys no refresh token.
    return json(200, {
      auth_token: this.issue(this.#key),
      ...(withUser || refreshed ? { refresh_token: this.#refreshToken() } : {}),
    });
  }

  /** The gateway's answer to a request without a good token, `undefined` if the token is good. */
  refusal(request: VendorRequest): Answer | undefined {
    const header = request.headers.authorization;
    if (header === undefined) return gatewayRefusal('Unauthorized');
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1] ?? '';
    const parts = token.split('.');
    const [head, claims, signature] = parts;
    if (parts.length !== 3 || head === undefined || claims === undefined || signature === undefined) {
      return gatewayRefusal('token contains an invalid number of segments');
    }
    const expected = Buffer.from(sign(`${head}.${claims}`, this.#key));
    const received = Buffer.from(signature);
    if (expected.length !== received.length || !timingSafeEqual(expected, received)) {
      return gatewayRefusal('signature is invalid');
    }
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
    return exp * 1000 <= this.#context.clock.now() ? gatewayRefusal('Token is expired') : undefined;
  }

  /** An answer to a sign-in whose token will be refused. */
  signInWithBadToken(): Answer {
    return json(200, { auth_token: this.issue(`not ${this.#key}`) });
  }

  /** A bearer token as recorded: HS384, application and organisation among its claims. */
  issue(key: string): string {
    const iat = Math.floor(this.#context.clock.now() / 1000);
    const claims = {
      aud: '/api/v1/application_token',
      'esc.app': 3101,
      api_key: this.#context.random('api key').hex(40),
      'esc.org': OWN,
      'esc.orgName': organisation(OWN)?.name,
      iss: 'spc-frontend001@sandbox',
      iat,
      exp: iat + this.#switches.tokenSeconds,
    };
    const signed = `${encode({ typ: 'JWT', alg: 'HS384' })}.${encode(claims)}`;
    const token = `${signed}.${sign(signed, key)}`;
    this.#context.secrets.add(token);
    return token;
  }

  #refuse(ip: string): Answer {
    const count = (this.#failures.get(ip)?.count ?? 0) + 1;
    const locked = count >= FAILURES_ALLOWED;
    const until = locked ? this.#context.clock.now() + LOCKED_MS : 0;
    this.#failures.set(ip, { count: locked ? 0 : count, until });
    return empty(401);
  }

  #refreshToken(): string {
    const token = `${encode({ refresh: true })}.${sign('refresh', this.#key)}`;
    this.#context.secrets.add(token);
    return token;
  }

  #isRefreshToken(token: string): boolean {
    return token === this.#refreshToken();
  }
}

/** The vendor takes a SHA-1 hash in place of the password. */
export function passwordHash(): string {
  return createHash('sha1').update(PASSWORD).digest('hex');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sign(text: string, key: string): string {
  return createHmac('sha384', key).update(text).digest('base64url');
}
