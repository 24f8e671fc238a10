import { type Sandbox, startSandbox } from '../src/start-sandbox.js';
import { type SubscriptionsSwitches, subscriptions } from '../src/vendors/subscriptions/index.js';

export const NOW = '2026-11-02T09:30:00.000Z';
export const TOKEN_PATH = '/auth/realms/enterprise-apis/protocol/openid-connect/token';
export const EVERYTHING = 'transclude="subscriber;account;sim_profile;phone_numbers;services"';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string | null;
}

/** A sandbox with one vendor and a standing clock, and a client that signs in when told to. */
export interface Client {
  readonly sandbox: Sandbox;
  signIn(): Promise<string>;
  call(path: string, options?: CallOptions): Promise<Reply>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  control(path: string, options?: { readonly method?: string; readonly body?: unknown }): Promise<unknown>;
  /** Follows the next links to the end, with this sandbox's own host. */
  all(path: string, name: string, headers?: Readonly<Record<string, string>>): Promise<readonly unknown[]>;
}

export interface StartOptions {
  /** Of this vendor. */
  readonly sims?: number;
  readonly days?: number;
  readonly limits?: boolean;
  readonly switches?: Partial<SubscriptionsSwitches>;
}

export async function startClient(options: StartOptions = {}): Promise<Client> {
  const sandbox = await startSandbox(
    0,
    {
      sims: (options.sims ?? 60) * 3,
      days: options.days ?? 10,
      seed: 7,
      limits: options.limits ?? false,
      now: Date.parse(NOW),
      ticking: false,
      switches: { subscriptions: options.switches ?? {} },
    },
    [subscriptions],
  );
  const base = `${sandbox.baseUrl}/subscriptions`;
  let token = '';

  const call: Client['call'] = async (path, { method = 'GET', headers = {}, body, token: own = token } = {}) => {
    const response = await fetch(`${base}/enterprise${path}`, {
      method,
      headers: {
        ...(own === null ? {} : { authorization: `Bearer ${own}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return replyOf(response);
  };

  const client: Client = {
    sandbox,
    call,
    signIn: async () => {
      const reply = await requestToken(base, 'sandbox-client', 'sandbox-secret');
      token = String(at(reply.body, 'access_token'));
      return token;
    },
    post: (path, body, headers = {}) => call(path, { method: 'POST', body, headers }),
    control: async (path, { method = 'GET', body } = {}) => {
      const response = await fetch(`${sandbox.baseUrl}/_sandbox${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return (await replyOf(response)).body;
    },
    all: async (path, name, headers = {}) => {
      const items: unknown[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const { body } = await call(next, { headers });
        items.push(...list(body, '_embedded', name));
        const href: unknown = at(body, '_links', 'next', 'href');
        next = typeof href === 'string' ? path.split('?')[0] + new URL(href).search : undefined;
      }
      return items;
    },
  };
  await client.signIn();
  return client;
}

export async function requestToken(base: string, id: string, secret: string): Promise<Reply> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  return replyOf(await fetch(base + TOKEN_PATH, { method: 'POST', body }));
}

/** The member at a path of names, `undefined` where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[name];
  }
  return found;
}

export function list(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function texts(values: readonly unknown[], ...path: readonly (string | number)[]): readonly string[] {
  return values.map((value) => String(at(value, ...path)));
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}
