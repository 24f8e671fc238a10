import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { call, control, emnifyUser, startFor } from './support.js';

type Sandbox = Awaited<ReturnType<typeof startFor>>;

async function fault(sandbox: Sandbox, rule: object): Promise<string> {
  const reply = await control(sandbox, 'faults', 'POST', rule);
  expect(reply.status).toBe(201);
  return (reply.body as { id: string }).id;
}

async function effects(sandbox: Sandbox): Promise<number> {
  return ((await control(sandbox, 'effects')).body as unknown[]).length;
}

describe('faults', () => {
  it('answers a status of choice, with skip and times, and counts the hits', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    const rule = { adapter: 'emnify', operationId: 'getSim', kind: 'status', status: 502, skip: 1, times: 2 };
    const id = await fault(sandbox, { ...rule, headers: { 'Retry-After': '7' }, body: { message: 'upstream' } });
    const replies = [];
    for (let turn = 0; turn < 4; turn++) replies.push(await user('/sim/1000001'));
    expect(replies.map(({ status }) => status)).toEqual([200, 502, 502, 200]);
    expect(replies[1]).toMatchObject({ body: { message: 'upstream' } });
    expect(replies[1]?.headers.get('retry-after')).toBe('7');
    expect((await user('/sim/1000002')).status).toBe(200);
    expect((await control(sandbox, 'faults')).body).toMatchObject([{ id, hits: 2, spent: true, when: 'before' }]);
    const logged = (await control(sandbox, 'requests')).body as { fault: string | null }[];
    expect(logged.map((entry) => entry.fault)).toEqual([null, null, 'status', 'status', null, null]);
  });

  it('carries a write out only when the fault comes after it', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await fault(sandbox, { operationId: 'updateSim', kind: 'drop', when: 'before', times: 1 });
    await fault(sandbox, { operationId: 'updateSim', kind: 'drop', when: 'after', times: 1 });
    await expect(user('/sim/1000003', 'PATCH', { status: { id: 1 } })).rejects.toThrow();
    expect(await effects(sandbox)).toBe(0);
    await expect(user('/sim/1000003', 'PATCH', { status: { id: 1 } })).rejects.toThrow();
    expect(await effects(sandbox)).toBe(1);
    expect((await control(sandbox, 'requests')).body).toMatchObject([{}, { status: null }, { status: null }]);
  });

  it('delays, on real time', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await fault(sandbox, { kind: 'delay', delayMs: 120, times: 1 });
    const started = performance.now();
    expect((await user('/sim/1000001')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(100);
    expect((await control(sandbox, 'faults', 'POST', { kind: 'delay' })).status).toBe(400);
  });

  it('breaks bodies', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await fault(sandbox, { operationId: 'listSims', kind: 'malformed', times: 1 });
    const malformed = await user('/sim?per_page=5');
    expect(malformed.status).toBe(200);
    expect(malformed.text.length).toBeGreaterThan(100);
    expect(malformed.body).toBeUndefined();
    await fault(sandbox, { operationId: 'listSims', kind: 'truncate', times: 1 });
    await expect(user('/sim?per_page=5')).rejects.toThrow();
    expect((await user('/sim?per_page=5')).body).toHaveLength(5);
  });

  it('cuts a body off in the middle, its length told as whole', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await user('/sim/1000001');
    const [, entry] = (await control(sandbox, 'requests')).body as { headers: Record<string, string> }[];
    await fault(sandbox, { operationId: 'getSim', kind: 'truncate' });
    const received = await new Promise<{ announced: number; arrived: number }>((resolve) => {
      const headers = { authorization: entry?.headers['authorization'] };
      httpRequest(`${sandbox.baseUrl}/emnify/api/v1/sim/1000001`, { headers }, (response) => {
        let arrived = 0;
        response.on('data', (chunk: Buffer) => (arrived += chunk.length));
        response.on('error', () => undefined);
        response.on('close', () => resolve({ announced: Number(response.headers['content-length']), arrived }));
      }).end();
    });
    expect(received.arrived).toBeGreaterThan(0);
    expect(received.arrived).toBe(Math.floor(received.announced / 2));
  });

  it('serves a page a second time', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await fault(sandbox, { operationId: 'listSims', kind: 'duplicate-page', times: 1 });
    const pages = [];
    for (const page of [1, 2, 3]) {
      const items = (await user(`/sim?per_page=10&page=${page}`)).body as { id: number }[];
      pages.push(items[0]?.id);
    }
    expect(pages).toEqual([1000001, 1000001, 1000021]);
  });

  it('points next-links to another host', async () => {
    const sandbox = await startFor({ sims: 600 });
    await fault(sandbox, { kind: 'foreign-next-link' });
    const token = '0123456789abcdef0123456789abcdef01234567';
    const truphone = await call(`${sandbox.baseUrl}/truphone/api/v2.2/sims/?per_page=10`, 'GET', undefined, {
      Authorization: `Token ${token}`,
    });
    expect(truphone.headers.get('link')).toContain('https://carrier.invalid/');
    expect(truphone.headers.get('link')).not.toContain('127.0.0.1');
  });

  it('refuses a good token, and hands out a bad one', async () => {
    const sandbox = await startFor();
    const user = await emnifyUser(sandbox);
    await fault(sandbox, { operationId: 'getSim', kind: 'bad-token', times: 1 });
    expect(await user('/sim/1000001')).toMatchObject({
      status: 401,
      body: { message: 'token contains an invalid number of segments' },
    });
    expect((await user('/sim/1000001')).status).toBe(200);
    await fault(sandbox, { operationId: 'authenticate', kind: 'bad-token', times: 1 });
    const misled = await emnifyUser(sandbox);
    expect((await misled('/sim/1000001')).status).toBe(401);
  });

  it('draws by probability, the same for the same seed', async () => {
    const met = async () => {
      const sandbox = await startFor({ limits: false });
      await fault(sandbox, { kind: 'status', status: 500, probability: 0.5 });
      const statuses = [];
      for (let turn = 0; turn < 30; turn++) statuses.push((await call(`${sandbox.baseUrl}/emnify/api/v1/sim`)).status);
      return statuses;
    };
    const first = await met();
    expect(new Set(first)).toEqual(new Set([401, 500]));
    expect(await met()).toEqual(first);
  });

  it('can be removed, one or all, and refuses what it does not know', async () => {
    const sandbox = await startFor();
    const id = await fault(sandbox, { kind: 'status' });
    await fault(sandbox, { kind: 'status', status: 418 });
    expect((await control(sandbox, `faults/${id}`, 'DELETE')).status).toBe(204);
    expect((await control(sandbox, `faults/${id}`, 'DELETE')).status).toBe(404);
    expect((await call(`${sandbox.baseUrl}/emnify/api/v1/sim`)).status).toBe(418);
    expect((await control(sandbox, 'faults', 'DELETE')).status).toBe(204);
    expect((await call(`${sandbox.baseUrl}/emnify/api/v1/sim`)).status).toBe(401);
    expect((await control(sandbox, 'faults', 'POST', { kind: 'explode' })).status).toBe(400);
    expect(await control(sandbox, 'faults', 'POST', { kind: 'drop', operationId: 'listSim' })).toMatchObject({
      body: { error: 'operationId: no operation "listSim"' },
    });
  });
});
