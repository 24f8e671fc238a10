import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { createClient, fixedToken, operation, Secret } from '../src/index.js';
import { failureOf } from './support/failure-of.js';
import { onlyNock } from './support/only-nock.js';
import { origin, testClient, token } from './support/test-client.js';

onlyNock();

describe('a call that is given up', () => {
  it('between two attempts is not sent again, and what the first did stays open', async () => {
    nock(origin).put('/things/1/').reply(500);
    const second = nock(origin).put('/things/1/').reply(204);
    const stop = new AbortController();
    const { client } = testClient({ context: { hooks: { onRetry: () => stop.abort() } } });
    const error = await failureOf(client.putThing({ id: 1, body: { name: 'n' } }, { signal: stop.signal }));
    expect(error).toMatchObject({ kind: 'cancelled', effect: 'unknown' });
    expect(second.isDone()).toBe(false);
  });

  it('while it waits for its turn was never sent', async () => {
    const scope = nock(origin).post('/unsafe/').reply(200, {});
    const stop = new AbortController();
    const { client } = testClient({
      limits: { buckets: { b: { rate: 1, periodMs: 3_600_000, burst: 1 } }, lanes: { all: ['b'] } },
      context: { hooks: { onWait: () => stop.abort() } },
    });
    await client.sendUnsafe({ body: { text: 'first' } });
    scope.done();
    const error = await failureOf(client.sendUnsafe({ body: { text: 'second' } }, { signal: stop.signal }));
    expect(error).toMatchObject({ kind: 'cancelled', effect: 'none' });
  });

  it('at its deadline while signing in was never sent', async () => {
    const secret = new Secret(() => new Promise<string>(() => {}));
    const { client } = testClient({ secret, settings: { deadlineMs: 20 } });
    const error = await failureOf(client.sendUnsafe({ body: { text: 'x' } }));
    expect(error).toMatchObject({ kind: 'timeout', effect: 'none' });
    expect(error.message).toContain('signing in');
  });
});

describe('what no header can carry', () => {
  it('is refused as input where the caller gave it', async () => {
    const error = await failureOf(testClient().client.readThing({ id: 1, Prefer: 'a\r\nX-Evil: b' }));
    expect(error).toMatchObject({ kind: 'input', effect: 'none', details: { issues: [{ path: 'Prefer' }] } });
  });

  it('is refused as a credential, which is not shown', async () => {
    const error = await failureOf(testClient({ secret: new Secret(`${token}\n`) }).client.readThing({ id: 1 }));
    expect(error).toMatchObject({ kind: 'authentication', effect: 'none' });
    expect(JSON.stringify(error) + error.stack).not.toContain(token);
  });
});

describe('an answer', () => {
  it('with another status of success than the documented one proves nothing', async () => {
    nock(origin).post('/jobs/').reply(200, {});
    const job = operation({
      method: 'POST',
      path: '/jobs/',
      answer: 'none',
      repeat: 'unsafe',
      status: 202,
      lane: 'all',
      schemas: () => ({}),
    });
    const { client } = createClient({
      context: { id: 'acme' },
      settings: {},
      origin,
      operations: { job },
      limits: { buckets: {}, lanes: {} },
      readError: () => ({}),
      authenticator: () => fixedToken('Token', new Secret(token)),
    });
    expect(await failureOf(client.job())).toMatchObject({ kind: 'contract', status: 200, effect: 'unknown' });
  });

  it('that is empty where something is described is asked for again', async () => {
    nock(origin).get('/things/1/').reply(200, '');
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    expect((await testClient().client.readThing({ id: 1 })).data).toEqual({ name: 'n' });
  });

  it('that is empty where nothing is described is nothing', async () => {
    nock(origin).post('/unsafe/').reply(200, '');
    expect((await testClient().client.sendUnsafe({ body: { text: 'x' } })).data).toBeNull();
  });

  it('tells headers that came twice as one', async () => {
    nock(origin)
      .get('/things/1/')
      .reply(200, { name: 'n' }, { 'Set-Cookie': ['a=1', 'b=2'] });
    const { headers } = await testClient().client.readThing({ id: 1 });
    expect(headers.get('set-cookie')).toBe('a=1, b=2');
  });

  it('that is an empty stream has no text', async () => {
    nock(origin).get('/download/').reply(200, '');
    const { data } = await testClient().client.download();
    let text = '';
    for await (const chunk of data) text += chunk;
    expect(text).toBe('');
  });
});

it('a hook that fails later, in a promise, does not disturb the call either', async () => {
  nock(origin).get('/things/1/').reply(200, { name: 'n' });
  const onRequest = () => Promise.reject(new Error('observer fault'));
  const { client } = testClient({ context: { hooks: { onRequest: onRequest as () => void } } });
  expect((await client.readThing({ id: 1 })).status).toBe(200);
});
