import { afterEach, expect, test } from 'vitest';
import { type Client, READ_ONLY_TOKEN, type StartOptions, startClient } from './truphone-client.js';

let client: Client | undefined;
afterEach(async () => {
  expect(await client?.violations()).toBe(0);
  await client?.sandbox.close();
  client = undefined;
});
const start = async (options: StartOptions = {}): Promise<Client> => (client = await startClient(options));

test('a request without or with an unknown token is challenged', async () => {
  const { call } = await start();
  const without = await call('/api/v2.2/sims/', { token: null });
  expect(without.status).toBe(401);
  expect(without.headers.get('www-authenticate')).toBe('Token');
  expect(without.body).toEqual({ detail: 'Authentication credentials were not provided.' });
  const wrong = await call('/api/v2.2/sims/', { token: 'f'.repeat(40) });
  expect(wrong.status).toBe(401);
  expect(wrong.body).toEqual({ detail: 'Invalid token.' });
});

test('a known token without the right is refused with 403', async () => {
  const { call } = await start({ switches: { forbiddenOperations: ['listRatePlans'] } });
  expect((await call('/api/v2.1/rate_plans/')).status).toBe(403);
  expect((await call('/api/v2.2/sims/', { token: READ_ONLY_TOKEN })).status).toBe(200);
  const write = await call('/api/v2.0/tags/', {
    method: 'POST',
    token: READ_ONLY_TOKEN,
    body: { label: 'New', description: '' },
  });
  expect(write.status).toBe(403);
});

test('an account of one version gets 401 on another', async () => {
  const { call } = await start({ switches: { versions: ['v2.0'] } });
  expect((await call('/api/v2.0/sims/')).status).toBe(200);
  expect((await call('/api/v2.2/sims/')).status).toBe(401);
  expect((await call('/api/sims/')).status).toBe(401);
});

test('the final slash is optional, or a redirect when strict', async () => {
  const tolerant = await start();
  expect((await tolerant.call('/api/v2.2/sims')).status).toBe(200);
  await tolerant.sandbox.close();
  const strict = await start({ switches: { trailingSlash: 'strict' } });
  const moved = await strict.call('/api/v2.2/sims?per_page=3');
  expect(moved.status).toBe(301);
  expect(moved.headers.get('location')).toBe(`${strict.sandbox.baseUrl}/truphone/api/v2.2/sims/?per_page=3`);
  expect((await strict.call('/api/v2.2/sims/?per_page=3')).status).toBe(200);
});

test('wrong verbs, paths and bodies', async () => {
  const { call } = await start();
  const put = await call('/api/v2.2/sims/', { method: 'PUT', body: {} });
  expect(put.status).toBe(405);
  expect(put.body).toEqual({ detail: 'Method "PUT" not allowed.' });
  expect(put.headers.get('allow')).toBe('GET, OPTIONS');
  expect((await call('/api/v2.2/sims/', { method: 'HEAD' })).status).toBe(405);
  expect((await call('/api/v2.2/sims/', { method: 'OPTIONS' })).status).toBe(200);
  expect((await call('/api/v2.0/sims/change_status/')).status).toBe(405);
  expect((await call('/api/v9.9/nothing/')).body).toEqual({ detail: 'Not found.' });
  const xml = await call('/api/v2.0/tags/', {
    method: 'POST',
    body: '<tag/>',
    headers: { 'Content-Type': 'application/xml' },
  });
  expect(xml.status).toBe(415);
  expect(xml.body).toEqual({ detail: 'Unsupported media type "application/xml" in request.' });
  const broken = await call('/api/v2.0/tags/', { method: 'POST', body: '{' });
  expect(broken.status).toBe(400);
  const absent = await call('/api/v2.0/sims/change_status/', { method: 'POST' });
  expect(absent.body).toEqual({ iccid: ['This field is required.'], status: ['This field is required.'] });
});

test('300 calls a minute for a user, told in three headers, the reset in milliseconds', async () => {
  const { call, sandbox } = await start({ limits: true });
  const first = await call('/api/v2.2/sims/?per_page=1');
  expect(first.headers.get('x-ratelimit-limit')).toBe('300');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('299');
  expect(first.headers.get('x-ratelimit-reset')).toBe('60000');
  sandbox.advance(20_000);
  let last = first;
  for (let calls = 1; calls < 300; calls++) last = await call('/api/v2.0/tags/nowhere/');
  expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(last.headers.get('x-ratelimit-reset')).toBe('40000');
  const refused = await call('/api/v2.2/sims/');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(refused.body).toEqual({ detail: 'Request was throttled. Expected available in 40 seconds.' });
  const other = await call('/api/v2.2/sims/?per_page=1', { token: READ_ONLY_TOKEN });
  expect(other.status).toBe(200);
  sandbox.advance(40_000);
  expect((await call('/api/v2.2/sims/?per_page=1')).headers.get('x-ratelimit-remaining')).toBe('299');
});

test('an idempotency key repeats the first answer for a day, whatever is asked then', async () => {
  const { post, list, effects, inState, sandbox, control } = await start();
  const iccid = await inState('ACTIVE');
  const key = { 'Idempotency-Key': 'intent-1' };
  const first = await post('/api/v2.0/sims/send_sms/', { iccid: [iccid], text: 'first text' }, key);
  const second = await post('/api/v2.0/sims/send_sms/', { iccid: [iccid], text: 'second text' }, key);
  expect(second.body).toEqual(first.body);
  expect((await effects()).map((effect) => effect.key)).toEqual(['intent-1']);
  expect(await list('/api/v2.0/sims/send_sms/status/?content=second%20text')).toEqual([]);
  const log = (await control('/requests')) as readonly { operationId: string; replayed: boolean }[];
  expect(log.filter(({ operationId }) => operationId === 'sendSms').map(({ replayed }) => replayed)).toEqual([
    false,
    true,
  ]);
  const otherEndpoint = await post('/api/v2.0/sims/change_data_status/', { iccid: [iccid], status: 'SUSPENDED' }, key);
  expect(otherEndpoint.body).toEqual({ detail: 'OK' });
  expect(await effects()).toHaveLength(2);
  sandbox.advance(24 * 3_600_000);
  await post('/api/v2.0/sims/send_sms/', { iccid: [iccid], text: 'third text' }, key);
  expect(await effects()).toHaveLength(3);
});

test('the key belongs to the user', async () => {
  const { call, post } = await start();
  const body = { email: 'first@example.com', password: 'p-1', organization: 'Sandbox Connectivity', role: 'Viewer' };
  const key = { 'Idempotency-Key': 'k' };
  expect((await post('/api/v2.2/users/', body, key)).status).toBe(200);
  const refused = await call('/api/v2.2/users/', { method: 'POST', body, headers: key, token: READ_ONLY_TOKEN });
  expect(refused.status).toBe(403);
});

test('the same seed gives the same answers, another one other SIMs', async () => {
  const one = await start();
  const first = (await one.call('/api/v2.2/sims/')).text;
  await one.sandbox.close();
  const two = await start();
  expect((await two.call('/api/v2.2/sims/')).text).toBe(first);
  await two.sandbox.close();
  const three = await start({ seed: 8 });
  expect((await three.call('/api/v2.2/sims/')).text).not.toBe(first);
});
