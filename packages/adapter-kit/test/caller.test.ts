import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { Secret } from '../src/index.js';
import { failureOf } from './support/failure-of.js';
import { onlyNock } from './support/only-nock.js';
import { origin, testClient, token } from './support/test-client.js';

onlyNock();

describe('a request', () => {
  it('carries the declared path, query, headers and credentials, encoded as vendors want them', async () => {
    const scope = nock(origin)
      .get('/things/a%2Fb%20c/?from=2026-10-01%2000%3A00&type=x&type=%2By')
      .matchHeader('authorization', `Token ${token}`)
      .matchHeader('prefer', 'transclude="a;b"')
      .matchHeader('x-correlation-id', /^[0-9a-f-]{36}$/)
      .reply(200, { name: 'n', more: [1] });
    const { client } = testClient();
    const reply = await client.readThing({
      id: 'a/b c',
      from: '2026-10-01 00:00',
      type: ['x', '+y'],
      Prefer: 'transclude="a;b"',
    });
    expect(reply.data).toEqual({ name: 'n', more: [1] });
    scope.done();
  });

  it.each(['.', '..', ''])('refuses %j in a path before anything is sent', async (id) => {
    const error = await failureOf(testClient().client.readThing({ id }));
    expect(error).toMatchObject({ kind: 'input', effect: 'none' });
  });

  it('refuses a misspelt or wrong member and names it', async () => {
    const error = await failureOf(testClient().client.putThing({ id: 1, body: { name: 'far too long a name' } }));
    expect(error).toMatchObject({ kind: 'input', operation: 'putThing', details: { issues: [{ path: 'body.name' }] } });
    const misspelt = testClient().client.readThing({ id: 1, form: 'x' } as never);
    expect((await failureOf(misspelt)).message).toContain('form');
  });

  it('is refused on a readOnly provider unless it is safe', async () => {
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    const { client } = testClient({ settings: { readOnly: true } });
    await client.readThing({ id: 1 });
    expect(await failureOf(client.putThing({ id: 1, body: { name: 'n' } }))).toMatchObject({
      kind: 'permission',
      effect: 'none',
    });
  });

  it.each(['http://api.vendor.test', 'https://u:p@api.vendor.test', 'ftp://x', 'nonsense', 'https://a.test/?q=1'])(
    'never goes to %s',
    (baseUrl) => {
      expect(() => testClient({ settings: { baseUrl } })).toThrow(/baseUrl/);
    },
  );

  it('goes to a path prefix of the configured base', async () => {
    const scope = nock('http://127.0.0.1:4010').get('/vendor/things/1/').reply(200, { name: 'n' });
    await testClient({ settings: { baseUrl: 'http://127.0.0.1:4010/vendor/' } }).client.readThing({ id: 1 });
    scope.done();
  });

  it('does not follow a redirect, which could carry credentials elsewhere', async () => {
    nock(origin).get('/things/1/').reply(301, '', { Location: 'https://elsewhere.test/' });
    expect(await failureOf(testClient().client.readThing({ id: 1 }))).toMatchObject({ kind: 'contract', status: 301 });
  });
});

describe('repeat safety', () => {
  const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const faults = {
    500: (i: nock.Interceptor) => i.reply(500, 'oops'),
    502: (i: nock.Interceptor) => i.reply(502),
    503: (i: nock.Interceptor) => i.reply(503),
    429: (i: nock.Interceptor) => i.reply(429),
    'a dropped connection': (i: nock.Interceptor) => i.replyWithError(lost),
  };

  it.each(Object.entries(faults))(
    'after %s a safe, idempotent or keyed call goes out again, a keyed one with its key',
    async (_, fault) => {
      const keys: (string | undefined)[] = [];
      fault(nock(origin).get('/things/1/'));
      nock(origin).get('/things/1/').reply(200, { name: 'n' });
      fault(nock(origin).put('/things/1/'));
      nock(origin).put('/things/1/').reply(204);
      fault(
        nock(origin)
          .post('/keyed/')
          .matchHeader('idempotency-key', (key) => (keys.push(String(key)), true)),
      );
      nock(origin)
        .post('/keyed/')
        .matchHeader('idempotency-key', (key) => (keys.push(String(key)), true))
        .reply(202);
      const { client } = testClient();
      await client.readThing({ id: 1 });
      expect((await client.putThing({ id: 1, body: { name: 'n' } })).data).toBeNull();
      await client.sendKeyed({ body: { text: 'hello', to: ['1'] } });
      expect(new Set(keys).size).toBe(1);
      expect(nock.isDone()).toBe(true);
    },
  );

  it.each(Object.entries(faults))(
    'after %s an unsafe call is never repeated and its effect is unknown',
    async (_, fault) => {
      fault(nock(origin).post('/unsafe/'));
      const second = nock(origin).post('/unsafe/').reply(200, {});
      const error = await failureOf(testClient().client.sendUnsafe({ body: { text: 'hello' } }));
      expect(error.effect).toBe('unknown');
      expect(second.isDone()).toBe(false);
    },
  );

  it('repeats even an unsafe call that never left this machine', async () => {
    // Nothing listens on port 1: the connection is refused before anything is written.
    nock.enableNetConnect('127.0.0.1');
    const { client, time } = testClient({ settings: { baseUrl: 'http://127.0.0.1:1' } });
    expect(await failureOf(client.sendUnsafe({ body: { text: 'hello' } }))).toMatchObject({
      kind: 'unavailable',
      effect: 'none',
    });
    expect(time.slept).toHaveLength(3);
  });

  it.each([400, 403, 404, 409, 422])('takes a %i for a refusal without effect', async (status) => {
    nock(origin).post('/unsafe/').reply(status, { detail: 'no' });
    expect(await failureOf(testClient().client.sendUnsafe({ body: { text: 'hello' } }))).toMatchObject({
      status,
      effect: 'none',
    });
  });

  it('keeps the effect unknown when a later attempt is refused', async () => {
    nock(origin).put('/things/1/').reply(500);
    nock(origin).put('/things/1/').reply(400, { detail: 'no' });
    const error = await failureOf(testClient().client.putThing({ id: 1, body: { name: 'n' } }));
    expect(error).toMatchObject({ kind: 'input', status: 400, effect: 'unknown' });
  });

  it('gives up after four attempts', async () => {
    const scope = nock(origin).get('/things/1/').times(4).reply(503);
    const { client, time } = testClient();
    expect(await failureOf(client.readThing({ id: 1 }))).toMatchObject({ kind: 'unavailable', effect: 'none' });
    expect(time.slept).toEqual([125, 250, 500]);
    scope.done();
  });

  it('stops retrying an outage when the budget is used up', async () => {
    let requests = 0;
    nock(origin)
      .persist()
      .get('/things/1/')
      .reply(() => {
        requests++;
        return [503];
      });
    const { client } = testClient();
    for (let call = 0; call < 30; call++) await failureOf(client.readThing({ id: 1 }));
    expect(requests).toBe(30 + 20);
  });

  it.each([
    ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'].map((code) => [
      code,
      'none',
    ]),
    ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'].map((code) => [
      code,
      'none',
    ]),
    ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_TLS_CERT', 'NOT_ECONNREFUSED', 'ENOTFOUND_LATER'].map((code) => [
      code,
      'unknown',
    ]),
  ])(
    'a write that ended with %s has effect %s: only what fails before the first byte proves anything',
    async (code, effect) => {
      nock(origin)
        .persist()
        .post('/unsafe/')
        .replyWithError(Object.assign(new Error('no'), { code }));
      const error = await failureOf(testClient().client.sendUnsafe({ body: { text: 'hello' } }));
      expect(error.effect).toBe(effect);
    },
  );

  it('fills the budget of retries again by what succeeds, up to what it was', async () => {
    let [requests, status] = [0, 503];
    nock(origin)
      .persist()
      .get('/things/1/')
      .reply(() => {
        requests++;
        return [status, { name: 'n' }];
      });
    const { client } = testClient();
    const calls = async (count: number, answers: number) => {
      [requests, status] = [0, answers];
      for (let call = 0; call < count; call++) await client.readThing({ id: 1 }).catch(() => {});
      return requests;
    };
    expect(await calls(10, 200)).toBe(10);
    expect(await calls(30, 503)).toBe(30 + 20);
    expect(await calls(10, 200)).toBe(10);
    expect(await calls(5, 503)).toBe(5 + 2);
  });

  it('a reply that is not JSON is read again where that is safe, and leaves a write unknown', async () => {
    nock(origin).get('/things/1/').reply(200, '{"name": "n');
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    nock(origin).post('/unsafe/').reply(200, '<html>');
    const { client } = testClient();
    expect((await client.readThing({ id: 1 })).data).toEqual({ name: 'n' });
    expect(await failureOf(client.sendUnsafe({ body: { text: 'hello' } }))).toMatchObject({
      kind: 'contract',
      effect: 'unknown',
    });
  });

  it('an answer unlike its description is a contract error that names the member and no value', async () => {
    nock(origin).get('/things/1/').reply(200, { name: 4711 });
    const error = await failureOf(testClient().client.readThing({ id: 1 }));
    expect(error.kind).toBe('contract');
    expect(error.message).toContain('name');
    expect(error.message).not.toContain('4711');
  });
});

describe('idempotency keys', () => {
  const keyOf = async (body: { text: string; to: string[] }, intent?: string) => {
    let sent = '';
    nock(origin)
      .post('/keyed/')
      .matchHeader('idempotency-key', (key) => ((sent = String(key)), true))
      .reply(202);
    await testClient().client.sendKeyed({ body }, intent === undefined ? {} : { intent });
    return sent;
  };

  it('are equal for an equal intent and content, and differ for everything else', async () => {
    const first = await keyOf({ text: 'a', to: ['1'] }, 'run-1');
    expect(await keyOf({ to: ['1'], text: 'a' }, 'run-1')).toBe(first);
    expect(await keyOf({ text: 'a', to: ['1'] }, 'run-2')).not.toBe(first);
    expect(await keyOf({ text: 'b', to: ['1'] }, 'run-1')).not.toBe(first);
    expect(await keyOf({ text: 'a', to: ['1'] })).not.toBe(await keyOf({ text: 'a', to: ['1'] }));
  });
});

describe('waiting', () => {
  it('honours Retry-After and does not count a 429 as an attempt', async () => {
    nock(origin).get('/things/1/').times(6).reply(429, '', { 'Retry-After': '2' });
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    const { client, time } = testClient();
    await client.readThing({ id: 1 });
    expect(time.slept.filter((ms) => ms === 2000)).toHaveLength(6);
  });

  it('gives up on a 429 that would outlast the deadline, and says when to come back', async () => {
    nock(origin).get('/things/1/').reply(429, '', { 'Retry-After': '600' });
    expect(await failureOf(testClient().client.readThing({ id: 1 }))).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 600_000,
    });
  });

  it.each([
    ['waiting', 0, 30, 4],
    ['answering', 50_000, 1, 3],
  ])('and %s use up the one deadline that all attempts have together', async (_, answerMs, retryAfter, attempts) => {
    const { client, time } = testClient({ settings: { deadlineMs: 120_000, timeoutMs: 120_000 } });
    let asked = 0;
    nock(origin)
      .get('/things/1/')
      .times(20)
      .reply(() => {
        asked += 1;
        time.advance(answerMs);
        return [429, '', { 'Retry-After': String(retryAfter) }];
      });
    expect(await failureOf(client.readThing({ id: 1 }))).toMatchObject({ kind: 'rate-limited' });
    expect(asked).toBe(attempts);
    nock.cleanAll();
  });

  it('is over at once when the caller aborts', async () => {
    nock(origin).get('/things/1/').delay(5_000).reply(200, { name: 'n' });
    const stop = new AbortController();
    const asked = testClient().client.readThing({ id: 1 }, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    const started = Date.now();
    expect(await failureOf(asked)).toMatchObject({ kind: 'cancelled' });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  it('ends an attempt that hangs, and leaves a write unknown', async () => {
    nock(origin).post('/unsafe/').delay(5_000).reply(200, {});
    const { client } = testClient({ settings: { timeoutMs: 30 } });
    expect(await failureOf(client.sendUnsafe({ body: { text: 'x' } }))).toMatchObject({
      kind: 'timeout',
      effect: 'unknown',
    });
  });
});

describe('a credential that is waited for', () => {
  it('lets one caller leave, and serves the others', async () => {
    let reveal = (_: string) => {};
    const secret = new Secret(
      () =>
        new Promise<string>((resolve) => {
          reveal = resolve;
        }),
    );
    nock(origin).get('/things/1/').matchHeader('authorization', 'Token late').reply(200, { name: 'n' });
    const { client } = testClient({ secret });
    const stop = new AbortController();
    const staying = client.readThing({ id: 1 });
    const leaving = failureOf(client.readThing({ id: 1 }, { signal: stop.signal }));
    stop.abort();
    expect(await leaving).toMatchObject({ kind: 'cancelled', effect: 'none' });
    reveal('late');
    expect((await staying).data).toEqual({ name: 'n' });
  });
});

describe('a rejected token', () => {
  it('is asked for anew once, then the call fails', async () => {
    let asked = 0;
    const secret = new Secret(() => `token-${++asked}`);
    nock(origin).get('/things/1/').matchHeader('authorization', 'Token token-1').reply(401);
    nock(origin).get('/things/1/').matchHeader('authorization', 'Token token-2').reply(200, { name: 'n' });
    await testClient({ secret }).client.readThing({ id: 1 });
    expect(asked).toBe(2);

    const scope = nock(origin).get('/things/1/').times(2).reply(401, { detail: 'Invalid token.' });
    expect(await failureOf(testClient().client.readThing({ id: 1 }))).toMatchObject({
      kind: 'authentication',
      status: 401,
    });
    scope.done();
  });
});

describe('a 401 to a write that must not happen twice', () => {
  const unsafe = () => testClient().client.sendUnsafe({ body: { text: 'hello' } });

  it('is a check of credentials where it brings its challenge: the write goes out once more', async () => {
    nock(origin).post('/unsafe/').reply(401, {}, { 'WWW-Authenticate': 'Bearer' });
    nock(origin).post('/unsafe/').reply(200, {});
    expect((await unsafe()).status).toBe(200);
  });

  it('proves nothing without one: the write is not repeated, and its effect is unknown', async () => {
    const scope = nock(origin).post('/unsafe/').reply(401);
    expect(await failureOf(unsafe())).toMatchObject({ kind: 'authentication', status: 401, effect: 'unknown' });
    scope.done();
  });

  it('does not take back what an earlier attempt may have done', async () => {
    nock(origin).post('/keyed/').reply(503);
    nock(origin).post('/keyed/').times(2).reply(401, {}, { 'WWW-Authenticate': 'Bearer' });
    const keyed = testClient().client.sendKeyed({ body: { text: 'hello', to: ['x'] } });
    expect(await failureOf(keyed)).toMatchObject({ kind: 'authentication', effect: 'unknown' });
  });

  it('asks for a token anew the next time', async () => {
    let asked = 0;
    const { client } = testClient({ secret: new Secret(() => `token-${++asked}`) });
    nock(origin).post('/unsafe/').reply(401);
    await failureOf(client.sendUnsafe({ body: { text: 'hello' } }));
    nock(origin).get('/things/1/').matchHeader('authorization', 'Token token-2').reply(200, { name: 'n' });
    await client.readThing({ id: 1 });
    expect(asked).toBe(2);
  });
});

describe('what an error shows', () => {
  it('is the vendor text without subscriber data, message text or credentials', async () => {
    nock(origin)
      .post('/unsafe/')
      .reply(
        400,
        { detail: "cannot send 'meet me at noon' to +491701234567 or ann@example.org for 8944479999999999999" },
        { 'X-Request-Id': 'r-1' },
      );
    const error = await failureOf(testClient().client.sendUnsafe({ body: { text: 'meet me at noon' } }));
    const shown = JSON.stringify(error) + String(error.stack);
    expect(error).toMatchObject({ requestId: 'r-1', provider: 'acme', operation: 'sendUnsafe', status: 400 });
    expect(shown).toContain('8944479999999999999');
    for (const hidden of ['meet me', '491701234567', 'ann@', token]) expect(shown).not.toContain(hidden);
  });

  it('has no transport error as cause', async () => {
    nock(origin)
      .post('/unsafe/')
      .replyWithError(Object.assign(new Error('boom'), { code: 'ECONNRESET', config: { headers: { token } } }));
    const error = await failureOf(testClient().client.sendUnsafe({ body: { text: 'x' } }));
    expect(error.cause).toBeUndefined();
  });
});

describe('hooks', () => {
  it('see every attempt and retry, without any header or body, and cannot disturb the call', async () => {
    const events: [string, unknown][] = [];
    const note = (name: string) => (event: unknown) => {
      events.push([name, event]);
      throw new Error('observer fault');
    };
    nock(origin).get('/things/1/').reply(503);
    nock(origin).get('/things/1/').reply(200, { name: 'n' });
    const hooks = { onRequest: note('request'), onResponse: note('response'), onRetry: note('retry') };
    await testClient({ context: { hooks } }).client.readThing({ id: 1 });
    expect(events.map(([name]) => name)).toEqual(['request', 'response', 'retry', 'request', 'response']);
    expect(events[1]?.[1]).toMatchObject({
      provider: 'acme',
      operation: 'readThing',
      path: '/things/{id}/',
      attempt: 1,
      status: 503,
    });
    expect(events[4]?.[1]).toMatchObject({ attempt: 2, status: 200, error: null });
    expect(JSON.stringify(events)).not.toContain(token);
  });
});

describe('a streamed answer', () => {
  it('comes as text, chunk by chunk', async () => {
    nock(origin).get('/download/').reply(200, 'a,b\n1,ü\n');
    const { data } = await testClient().client.download();
    let text = '';
    for await (const chunk of data) text += chunk;
    expect(text).toBe('a,b\n1,ü\n');
  });

  it('that is refused gives the vendor text', async () => {
    nock(origin).get('/download/').reply(400, { detail: 'Report does not exist.' });
    expect((await failureOf(testClient().client.download())).message).toContain('Report does not exist.');
  });
});
