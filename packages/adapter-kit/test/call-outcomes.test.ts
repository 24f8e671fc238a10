import { getEventListeners } from 'node:events';
import type { Hooks } from '@carrierkit/core';
import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { Secret } from '../src/index.js';
import { failureOf } from './support/failure-of.js';
import { onlyNock } from './support/only-nock.js';
import { origin, testClient, token } from './support/test-client.js';

onlyNock();
const text = { body: { text: 'hello' } };
const lost = (code: string) => Object.assign(new Error('no'), { code });
const lane = { buckets: { b: { rate: 1000, periodMs: 1000, burst: 1000 } }, lanes: { all: ['b'] } };

/** Counts what is sent, in whatever way it ends. */
function counting() {
  const sent: number[] = [];
  const hooks: Hooks = { onRequest: ({ attempt }) => void sent.push(attempt) };
  return { sent, context: { hooks } };
}

describe('a refusal', () => {
  it.each([
    [301, 'contract', 'unknown'],
    [400, 'input', 'none'],
    [402, 'contract', 'none'],
    [403, 'permission', 'none'],
    [404, 'not-found', 'none'],
    [408, 'timeout', 'unknown'],
    [409, 'conflict', 'none'],
    [410, 'not-found', 'none'],
    [412, 'conflict', 'none'],
    [413, 'input', 'none'],
    [414, 'input', 'none'],
    [418, 'contract', 'none'],
    [422, 'input', 'none'],
    [423, 'conflict', 'none'],
    [429, 'rate-limited', 'unknown'],
    [500, 'unavailable', 'unknown'],
    [599, 'unavailable', 'unknown'],
  ])('with %i is %s, and its effect on an unsafe call %s', async (status, kind, effect) => {
    nock(origin).post('/unsafe/').reply(status);
    expect(await failureOf(testClient().client.sendUnsafe(text))).toMatchObject({
      kind,
      effect,
      status,
      message: `sendUnsafe was answered ${status}`,
    });
  });

  it.each([
    [{}, 'unknown'],
    [{ 'WWW-Authenticate': 'Token' }, 'none'],
  ])('of the credentials with %j has effect %s', async (headers, effect) => {
    nock(origin).persist().post('/unsafe/').reply(401, '', headers);
    expect(await failureOf(testClient().client.sendUnsafe(text))).toMatchObject({ kind: 'authentication', effect });
  });

  it("tells what the adapter's table reads of it, without what was sent in private", async () => {
    nock(origin).post('/unsafe/').times(2).reply(400, { any: 1 });
    const issues = [{ path: 'hello', message: 'hello is too long' }];
    const reading = { message: 'not hello', vendorCode: 'E7', issues, retryAfterMs: 5 };
    const { client } = testClient({ readError: () => reading });
    expect(await failureOf(client.sendUnsafe(text))).toMatchObject({
      message: 'sendUnsafe was answered 400: not [redacted]',
      vendorCode: 'E7',
      retryAfterMs: 5,
      details: { issues: [{ path: '[redacted]', message: '[redacted] is too long' }] },
    });
    const conflict = testClient({ readError: () => ({ ...reading, kind: 'conflict' }) });
    expect(await failureOf(conflict.client.sendUnsafe(text))).toMatchObject({ kind: 'conflict', details: null });
  });

  it('keeps its status where the table stumbles over it', async () => {
    nock(origin).post('/unsafe/').reply(404, 'gone');
    const { client } = testClient({
      readError: () => {
        throw new TypeError('unread');
      },
    });
    expect(await failureOf(client.sendUnsafe(text))).toMatchObject({ kind: 'not-found', vendorCode: null });
  });

  it.each([
    ['', null],
    [' \n', null],
    ['{"a":1}', { a: 1 }],
    [' plain ', ' plain '],
    ['x'.repeat(2000), 'x'.repeat(1000)],
  ])('hands its body on as data where it is any: %j', async (body, expected) => {
    nock(origin).post('/unsafe/').reply(400, body);
    const seen: unknown[] = [];
    const { client } = testClient({ readError: (answer) => (seen.push(answer.body), {}) });
    await failureOf(client.sendUnsafe(text));
    expect(seen).toEqual([expected]);
  });

  it.each([
    [429, 7000],
    [503, null],
  ])("with %i tells the end of the vendor's window: %j", async (status, retryAfterMs) => {
    nock(origin).post('/unsafe/').reply(status);
    const read = () => ({ bucket: 'b', remaining: 0, resetMs: 7000 });
    const { client } = testClient({ limits: { ...lane, read } });
    expect(await failureOf(client.sendUnsafe(text))).toMatchObject({ retryAfterMs });
  });
});

describe('an attempt without an answer', () => {
  it.each([
    ['ECONNRESET', 'lost its connection (ECONNRESET)', 4],
    ['ECONNREFUSED', 'could not reach the vendor (ECONNREFUSED)', 4],
    ['CERT_HAS_EXPIRED', 'could not reach the vendor (CERT_HAS_EXPIRED)', 1],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'could not reach the vendor (SELF_SIGNED_CERT_IN_CHAIN)', 1],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'could not reach the vendor (UNABLE_TO_VERIFY_LEAF_SIGNATURE)', 1],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'could not reach the vendor (ERR_TLS_CERT_ALTNAME_INVALID)', 1],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', 'lost its connection (ERR_TLS_HANDSHAKE_TIMEOUT)', 1],
  ])('for %s says that it %s, and is made %i times', async (code, words, times) => {
    nock(origin).persist().get('/things/1/').replyWithError(lost(code));
    const { sent, context } = counting();
    expect(await failureOf(testClient({ context }).client.readThing({ id: 1 }))).toMatchObject({
      kind: 'unavailable',
      message: `readThing ${words}`,
      effect: 'none',
      provider: 'acme',
      operation: 'readThing',
    });
    expect(sent).toHaveLength(times);
  });

  it('in time is tried again, and says so', async () => {
    nock(origin).persist().get('/things/1/').delay(2_000).reply(200, { name: 'n' });
    const { sent, context } = counting();
    const { client } = testClient({ context, settings: { timeoutMs: 5 } });
    expect(await failureOf(client.readThing({ id: 1 }))).toMatchObject({
      kind: 'timeout',
      message: 'readThing was not answered in time',
    });
    expect(sent).toEqual([1, 2, 3, 4]);
  });

  it('because the caller left is none more', async () => {
    nock(origin).persist().get('/things/1/').delay(2_000).reply(200, { name: 'n' });
    const stop = new AbortController();
    const sent: number[] = [];
    const hooks: Hooks = {
      onRequest: ({ attempt }) => {
        sent.push(attempt);
        setImmediate(() => stop.abort());
      },
    };
    const { client } = testClient({ context: { hooks } });
    expect(await failureOf(client.readThing({ id: 1 }, { signal: stop.signal }))).toMatchObject({
      kind: 'cancelled',
      message: 'readThing was cancelled',
      provider: 'acme',
    });
    expect(sent).toEqual([1]);
  });
});

describe('an answer that cannot be used', () => {
  it.each([
    ['{', 'with a body that is not JSON'],
    ['', 'with an empty body'],
    [' \n', 'with an empty body'],
  ])('says why of %j, and is asked for again', async (body, why) => {
    nock(origin).persist().get('/things/1/').reply(200, body);
    const { sent, context } = counting();
    const error = await failureOf(testClient({ context }).client.readThing({ id: 1 }));
    expect(error.message).toBe(`readThing was answered 200 ${why}`);
    expect(sent).toHaveLength(4);
  });

  it('names at most five members, and is not asked for again', async () => {
    nock(origin).persist().get('/many/').reply(200, {});
    const { sent, context } = counting();
    const { client } = testClient({ context });
    const { message } = await failureOf(client.readMany());
    expect(message).toMatch(
      /^readMany was answered 200 unlike its description at a \([^)]+\), b \([^)]+\), c .*, e \([^)]+\)$/,
    );
    expect(sent).toHaveLength(1);
    nock.cleanAll();
    nock(origin).get('/many/').reply(200, '[]');
    expect((await failureOf(client.readMany())).message).toMatch(/ at body \(/);
  });

  it('because another status is documented says which, and is not asked for again', async () => {
    nock(origin).persist().put('/form/').reply(200);
    const { sent, context } = counting();
    const error = await failureOf(testClient({ context }).client.putForm({ body: { a: 'x' } }));
    expect(error.message).toBe('putForm was answered 200 where 202 is documented');
    expect(sent).toHaveLength(1);
  });
});

describe('what is sent', () => {
  type Made = ReturnType<typeof testClient>['client'];
  /** The request that a call makes, as it arrives. */
  const requestOf = async (method: 'GET' | 'PUT', call: (client: Made) => Promise<unknown>) => {
    let seen: { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown } | null = null;
    nock(origin)
      .intercept(/.*/, method)
      .reply(function (_, body) {
        seen = { headers: this.req.headers, body };
        return [404];
      });
    await failureOf(call(testClient().client));
    if (seen === null) return expect.fail('nothing was sent');
    return seen as { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown };
  };

  it('has the headers of its kind and no others', async () => {
    const read = await requestOf('GET', (client) => client.readThing({ id: 1 }));
    expect(read.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'carrierkit' });
    for (const name of ['content-type', 'idempotency-key', 'prefer', 'undefined'])
      expect(read.headers).not.toHaveProperty(name);
    const open = await requestOf('GET', (client) => client.readMany());
    expect(open.headers).not.toHaveProperty('authorization');
  });

  it('is a form where the vendor wants one, without what was left out', async () => {
    const { headers, body } = await requestOf('PUT', (client) => client.putForm({ body: { a: 'x & y', c: true } }));
    expect(headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(body).toBe('a=x+%26+y&c=true');
  });

  it('is refused with each wrong member, before it goes out', async () => {
    const { client } = testClient();
    const error = await failureOf(client.putThing({ id: '', body: { name: 5 } } as never));
    expect(error).toMatchObject({ kind: 'input', provider: 'acme', operation: 'putThing' });
    expect(error.message).toMatch(/^putThing: id: .*; body\.name: /);
    const misspelt = await failureOf(client.readThing({ id: 1, form: 'x' } as never));
    expect(misspelt).toMatchObject({ details: { issues: [{ path: 'input' }] } });
    const readOnly = testClient({ settings: { readOnly: true } }).client;
    expect(await failureOf(readOnly.sendUnsafe(text))).toMatchObject({
      provider: 'acme',
      operation: 'sendUnsafe',
      message:
        "sendUnsafe could change something and provider 'acme' is readOnly; remove readOnly from its settings to allow it",
    });
  });
});

describe('credentials', () => {
  it('are asked for anew after a refusal of them, and after nothing else', async () => {
    let asked = 0;
    const secret = new Secret(() => (asked++, token));
    nock(origin).get('/things/1/').reply(500);
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    const { client } = testClient({ secret });
    await client.readThing({ id: 1 });
    expect(asked).toBe(1);
    nock(origin).get('/things/1/').reply(401);
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    await client.readThing({ id: 1 });
    expect(asked).toBe(2);
  });

  it('are not renewed for a call that carries none', async () => {
    nock(origin).persist().get('/many/').reply(401);
    const { sent, context } = counting();
    await failureOf(testClient({ context }).client.readMany());
    expect(sent).toHaveLength(1);
  });

  it('that are waited for end with the caller, and their failure is the reason', async () => {
    const stop = new AbortController();
    const silent = testClient({ secret: new Secret(() => new Promise<string>(() => {})) }).client;
    const waiting = failureOf(silent.sendUnsafe(text, { signal: stop.signal }));
    setImmediate(() => stop.abort());
    expect(await waiting).toMatchObject({ kind: 'cancelled', effect: 'none' });
    const failing = testClient({ secret: new Secret(() => Promise.reject(new Error('x'))) }).client;
    expect(await failureOf(failing.sendUnsafe(text))).toMatchObject({ kind: 'authentication', effect: 'none' });
  });
});

describe('a call that does not go out', () => {
  it('because its deadline is over says so', async () => {
    expect(await failureOf(testClient().client.sendUnsafe(text, { deadlineMs: 0 }))).toMatchObject({
      kind: 'timeout',
      effect: 'none',
      provider: 'acme',
      operation: 'sendUnsafe',
      message: 'sendUnsafe came to its deadline before it could be sent',
    });
  });

  it('because the vendor refused an earlier one for longer says how long', async () => {
    nock(origin).get('/things/1/').reply(429, '', { 'Retry-After': '600' });
    const { client } = testClient({ limits: lane });
    await failureOf(client.readThing({ id: 1 }));
    const error = await failureOf(client.sendUnsafe(text));
    expect(error).toMatchObject({ kind: 'rate-limited', effect: 'none', retryAfterMs: expect.closeTo(600_000, -4) });
    expect(error.message).toBe(
      'sendUnsafe was not sent: the vendor refused an earlier call for longer than the deadline of this one',
    );
  });

  it('because the shared store of rates fails does not show its address', async () => {
    const rates = { take: () => Promise.reject(new Error('redis://user:pa55word@host')) };
    const error = await failureOf(testClient({ limits: lane, context: { rates } }).client.sendUnsafe(text));
    expect(error).toMatchObject({
      kind: 'unavailable',
      effect: 'none',
      message: 'sendUnsafe could not ask the shared rate store, so it was not sent; see that it runs',
    });
    expect(JSON.stringify(error) + String(error.cause)).not.toContain('pa55word');
  });

  it('because its client was closed is cancelled', async () => {
    const { client, close } = testClient();
    await close();
    expect(await failureOf(client.sendUnsafe(text))).toMatchObject({ kind: 'cancelled', effect: 'none' });
  });
});

describe('who observes a call', () => {
  it('hears how long attempts took and what is tried again', async () => {
    const heard: unknown[] = [];
    const hooks: Hooks = {
      onResponse: ({ durationMs, status, error }) => heard.push(['response', durationMs, status, error?.kind ?? null]),
      onRetry: ({ operation, attempt, delayMs, error }) =>
        heard.push(['retry', operation, attempt, delayMs, error.kind]),
    };
    const { client, time } = testClient({ context: { hooks } });
    nock(origin)
      .get('/things/1/')
      .reply(() => {
        time.advance(1234);
        return [503];
      });
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    await client.readThing({ id: 1 });
    expect(heard).toEqual([
      ['response', 1234, 503, 'unavailable'],
      ['retry', 'readThing', 2, 125, 'unavailable'],
      ['response', 0, 200, null],
    ]);
  });

  it('does not disturb it, whatever the hooks do', async () => {
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    const hooks: Hooks = {
      onRequest: () => 5 as never,
      onResponse: (async () => {
        throw new Error('mine');
      }) as never,
    };
    expect((await testClient({ context: { hooks } }).client.readThing({ id: 1 })).data).toEqual({ name: 'n' });
  });
});

describe('a refusal of too many calls', () => {
  it('is no attempt: after five of them a failure may still be tried again', async () => {
    nock(origin).get('/things/1/').times(5).reply(429, '', { 'Retry-After': '1' });
    nock(origin).get('/things/1/').times(3).reply(503);
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    const { sent, context } = counting();
    await testClient({ context }).client.readThing({ id: 1 });
    expect(sent).toEqual([1, 1, 1, 1, 1, 1, 2, 3, 4]);
  });
});

describe('the signal of a caller', () => {
  it('is left alone when its call has ended, in whatever way', async () => {
    const { signal } = new AbortController();
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    nock(origin).get('/things/1/').reply(404);
    const { client } = testClient();
    await client.readThing({ id: 1 }, { signal });
    await failureOf(client.readThing({ id: 1 }, { signal }));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is listened to until a stream has ended', async () => {
    const { signal } = new AbortController();
    nock(origin).get('/download/').reply(200, 'a,b\n');
    const { data } = await testClient().client.download(undefined, { signal });
    expect(getEventListeners(signal, 'abort').length).toBeGreaterThan(0);
    for await (const _ of data);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
