import { createSandbox, type Sandbox } from '@carrierkit/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './support.js';

/**
 * Requests as the vendor's own Python client makes them (facts of its public repository): it begins without a token, signs in on the first 401,
 * turns pages by `X-Total-Pages`, writes status ids as fractions (`1.0`), and knows the statuses 200, 201, 204, 401, 409 and 422 only.
 */
let sandbox: Sandbox;
let token = 'None';
beforeAll(async () => {
  sandbox = await createSandbox({ limits: false, sims: 9000, days: 2 });
});
afterAll(async () => {
  expect(await violations(sandbox)).toEqual([]);
  await sandbox.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function send(method: string, path: string, body?: string): Promise<Answer> {
  const response = await fetch(`${sandbox.baseUrl}/emnify/api/v1${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'x-emn-origin-app': 'PythonSDK',
      'x-emn-origin-app-version': '0.9',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function call(method: string, path: string, body?: string): Promise<Answer> {
  const answer = await send(method, path, body);
  if (answer.status !== 401) return answer;
  const signedIn = await send('POST', '/authenticate', '{"application_token": "sandbox-application-token"}');
  token = (JSON.parse(signedIn.text) as { auth_token: string }).auth_token;
  return send(method, path, body);
}

async function list<T>(path: string, q = ''): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({ ...(q && { q }), ...(page > 1 && { page: String(page) }) });
    const { headers, text } = await call('GET', `${path}?${query}`);
    all.push(...(JSON.parse(text) as T[]));
    if (page >= Number(headers.get('X-Total-Pages'))) return all;
  }
}

const read = async <T>(path: string) => JSON.parse((await call('GET', path)).text) as T;

interface Sim {
  readonly id: number;
  readonly iccid: string;
  readonly imsi?: string;
  readonly status: { readonly id: number };
  readonly endpoint?: { readonly id: number };
}
interface Endpoint {
  readonly id: number;
  readonly name: string;
  readonly sim?: { readonly id: number };
  readonly service_profile: { readonly id: number };
  readonly tariff_profile: { readonly id: number };
}

describe("the vendor's own client", () => {
  it('is let in after its first 401, and lists every SIM once', async () => {
    const sims = await list<Sim>('/sim');
    expect(sims).toHaveLength(3000);
    expect(new Set(sims.map(({ id }) => id)).size).toBe(3000);
    expect(sims.every(({ iccid }) => typeof iccid === 'string')).toBe(true);
  });

  it('filters by ICCID, IMSI, status and missing endpoint', async () => {
    const [first] = await list<Sim>('/sim', 'status:1');
    expect(await list<Sim>('/sim', `iccid:${first!.iccid}`)).toMatchObject([{ id: first!.id }]);
    expect(await list<Sim>('/sim', `imsi:${first!.imsi}`)).toMatchObject([{ id: first!.id }]);
    const without = await list<Sim>('/sim', 'endpoint:null');
    expect(without.length).toBeGreaterThan(0);
    expect(without.every(({ endpoint }) => endpoint === undefined)).toBe(true);
  });

  it('reads, suspends and activates', async () => {
    const [sim] = await list<Sim>('/sim', 'status:1');
    const move = (id: number, description: string) =>
      call('PATCH', `/sim/${sim!.id}`, JSON.stringify({ status: { id, description } }));
    expect((await move(2, 'Suspended')).status).toBe(204);
    expect((await read<Sim>(`/sim/${sim!.id}`)).status.id).toBe(2);
    expect((await move(1, 'Activated')).status).toBe(204);
    expect((await read<Sim>(`/sim/${sim!.id}`)).status.id).toBe(1);
  });

  it('releases a SIM from its endpoint: suspend, disable, null', async () => {
    const endpoint = (await list<Endpoint>('/endpoint')).find(({ sim }) => sim !== undefined)!;
    const simId = (await read<Endpoint>(`/endpoint/${endpoint.id}`)).sim!.id;
    const steps = [
      await call('PATCH', `/sim/${simId}`, '{"status": {"id": 2, "description": "Suspended"}}'),
      await call('PATCH', `/endpoint/${endpoint.id}`, '{"status": {"id": 1.0, "description": "Disabled"}}'),
      await call('PATCH', `/endpoint/${endpoint.id}`, '{"sim": {"id": null}}'),
    ];
    expect(steps.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await read<Sim>(`/sim/${simId}`)).endpoint).toBeUndefined();
  });

  it('registers a batch, whose SIMs stay Issued, and hears 422 the second time', async () => {
    const [bic] = sandbox.info.bics.valid;
    const register = () => call('PATCH', `/sim_batch/bic/${bic}`, '{"id": 1, "description": "Activated"}');
    const { status, text } = await register();
    expect(status).toBe(200);
    const { sim } = JSON.parse(text) as { readonly sim: readonly { readonly id: number }[] };
    expect((await read<Sim>(`/sim/${sim[0]!.id}`)).status.id).toBe(0);
    expect((await register()).status).toBe(422);
  });

  it('sends an SMS and finds it in the list; creates and deletes an endpoint by its Location', async () => {
    const endpoints = await list<Endpoint>('/endpoint', 'status:0');
    const endpoint = endpoints.find(({ sim }) => sim !== undefined)!;
    const sent = await call('POST', `/endpoint/${endpoint.id}/sms`, '{"source_address": "12345", "payload": "hello"}');
    expect(sent.status).toBe(201);
    const texts = await read<readonly { readonly payload: string }[]>(`/endpoint/${endpoint.id}/sms`);
    expect(texts.map(({ payload }) => payload)).toContain('hello');
    const body = {
      name: 'probe',
      service_profile: { id: endpoint.service_profile.id },
      tariff_profile: { id: endpoint.tariff_profile.id },
    };
    const created = await call('POST', '/endpoint', JSON.stringify(body).replace(/}$/, ', "status": {"id": 1.0}}'));
    expect(created.status).toBe(201);
    const id = created.headers.get('Location')?.split('/').at(-1);
    expect((await call('DELETE', `/endpoint/${id}`)).status).toBe(204);
  });
});
