import { createSandbox, type Sandbox, type SandboxOptions } from '@carrierkit/sandbox';
import { onTestFinished } from 'vitest';

/** A sandbox that ends with the test; its clock stands still unless told otherwise. */
export async function startFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ sims: 90, now: '2026-10-15T12:00:00Z', ticking: false, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Bodies are whatever the vendor says; tests assert on what they expect.
  readonly body: never;
}

export async function call(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) as never };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Calls `/_sandbox/…`. */
export function control(sandbox: Sandbox, path: string, method = 'GET', body?: unknown): Promise<Reply> {
  return call(`${sandbox.baseUrl}/_sandbox/${path}`, method, body);
}

/** Calls of a signed-in emnify user. */
export async function emnifyUser(sandbox: Sandbox) {
  const root = `${sandbox.baseUrl}/emnify/api/v1`;
  const signIn = await call(`${root}/authenticate`, 'POST', { application_token: 'sandbox-application-token' });
  const { auth_token: token } = signIn.body as { auth_token: string };
  return (path: string, method = 'GET', body?: unknown): Promise<Reply> =>
    call(`${root}${path}`, method, body, { Authorization: `Bearer ${token}` });
}

/** No answer broke a vendor's description. */
export async function violations(sandbox: Sandbox): Promise<readonly unknown[]> {
  return ((await control(sandbox, 'stats')).body as { violations: readonly unknown[] }).violations;
}
