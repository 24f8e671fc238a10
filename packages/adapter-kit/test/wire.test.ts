import { spawnSync } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectivityError } from '@carrierkit/core';
import { afterEach, expect, it } from 'vitest';
import { csvRows } from '../src/index.js';
import { testClient, token } from './support/test-client.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function served(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (ConnectivityError.is(error) ? `${error.kind} ${error.effect}` : error),
  );

it('a reply cut off in the middle leaves a write unknown and a read to be repeated', async () => {
  let reads = 0;
  const baseUrl = await served((request, response) => {
    if (request.method === 'GET' && ++reads > 1) return response.end('{"name":"n"}');
    response.writeHead(200, { 'Content-Length': '1000' }).write('{"name":');
    setImmediate(() => response.destroy());
    return response;
  });
  const { client } = testClient({ settings: { baseUrl } });
  expect(await kindOf(client.sendUnsafe({ body: { text: 'x' } }))).toBe('unavailable unknown');
  expect((await client.readThing({ id: 1 })).data).toEqual({ name: 'n' });
});

it('a connection closed without an answer leaves a write unknown, also on a reused connection', async () => {
  let posts = 0;
  const baseUrl = await served((request, response) => {
    if (request.method === 'GET') return response.end('{"name":"n"}');
    posts++;
    return request.socket.destroy();
  });
  const { client } = testClient({ settings: { baseUrl } });
  await client.readThing({ id: 1 });
  expect(await kindOf(client.sendUnsafe({ body: { text: 'x' } }))).toBe('unavailable unknown');
  expect(posts).toBe(1);
});

it('a write without a body names no content type, one with a body does', async () => {
  const types: (string | undefined)[] = [];
  const baseUrl = await served((request, response) => {
    types.push(request.headers['content-type']);
    response.end();
  });
  const { client } = testClient({ settings: { baseUrl } });
  await client.startThing({ id: 1 });
  await client.putThing({ id: 1, body: { name: 'n' } });
  expect(types).toEqual([undefined, 'application/json']);
});

it('a stream that falls silent, breaks or is left is closed', async () => {
  let closed = 0;
  const baseUrl = await served((request, response) => {
    response.write('a,b\n1,2\n');
    response.on('close', () => closed++);
    if (request.url?.includes('break')) setImmediate(() => response.destroy());
  });
  const { client } = testClient({ settings: { baseUrl, timeoutMs: 50 } });
  const silent = (await client.download()).data;
  expect(
    await kindOf(
      (async () => {
        for await (const _ of silent);
      })(),
    ),
  ).toBe('timeout none');
  for await (const _ of (await client.download()).data) break;
  await expect.poll(() => closed).toBe(2);
  const stop = new AbortController();
  const cancelled = (await client.download({}, { signal: stop.signal })).data;
  setImmediate(() => stop.abort());
  expect(
    await kindOf(
      (async () => {
        for await (const _ of cancelled);
      })(),
    ),
  ).toBe('cancelled none');
});

it('CSV rows come one by one, and a break reaches the connection', async () => {
  let open = true;
  const baseUrl = await served((_, response) => {
    response.on('close', () => (open = false));
    const write = () => {
      while (open && response.write('8944479999999999999,"1,5"\n'));
      if (open) response.once('drain', write);
    };
    response.write('\uFEFFICCID,Total Usage\n');
    write();
  });
  const { client } = testClient({ settings: { baseUrl } });
  let rows = 0;
  for await (const row of csvRows((await client.download()).data)) {
    expect(row).toEqual({ ICCID: '8944479999999999999', 'Total Usage': '1,5' });
    if (++rows === 50_000) break;
  }
  await expect.poll(() => open).toBe(false);
});

it('a CSV that does not fit its header is a contract error, not a guess', async () => {
  const baseUrl = await served((_, response) => response.end('a,b\n1,2,3\n'));
  const { data } = await testClient({ settings: { baseUrl } }).client.download();
  expect(
    await kindOf(
      (async () => {
        for await (const _ of csvRows(data));
      })(),
    ),
  ).toBe('contract none');
});

it('a CSV whose connection breaks is an outage, not a bad CSV', async () => {
  const baseUrl = await served((_, response) => {
    response.write('a,b\n1,2\n');
    setImmediate(() => response.destroy());
  });
  const { data } = await testClient({ settings: { baseUrl } }).client.download();
  expect(
    await kindOf(
      (async () => {
        for await (const _ of csvRows(data));
      })(),
    ),
  ).toBe('unavailable none');
});

it('an endless JSON answer is cut off', async () => {
  const baseUrl = await served((_, response) => {
    const block = `"${'x'.repeat(1_000_000)}",`;
    const write = () => {
      while (!response.destroyed && response.write(block));
      if (!response.destroyed) response.once('drain', write);
    };
    response.write('[');
    write();
  });
  expect(await kindOf(testClient({ settings: { baseUrl } }).client.readThing({ id: 1 }))).toBe('contract none');
});

it('credentials appear in no NODE_DEBUG output', async () => {
  const script = `
    import { createServer } from 'node:http';
    const { createClient, fixedToken, operation, Secret } = await import(process.argv[1]);
    const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1', async () => {
      const { client, close } = createClient({
        context: { id: 'p' }, settings: { baseUrl: 'http://127.0.0.1:' + server.address().port }, origin: 'https://x.test',
        operations: { read: operation({ method: 'GET', path: '/', answer: 'json', repeat: 'safe', lane: 'all', schemas: () => ({}) }) },
        limits: { buckets: {}, lanes: {} }, readError: () => ({}), authenticator: () => fixedToken('Token', new Secret('${token}')),
      });
      await client.read();
      await close();
      server.close();
    });`;
  const kit = new URL('../dist/index.js', import.meta.url).href;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, kit], {
    env: { ...process.env, NODE_DEBUG: 'http,https,net,tls' },
    encoding: 'utf8',
  });
  expect(run.status).toBe(0);
  expect(run.stderr).toContain('HTTP');
  expect(run.stderr).not.toContain(token);
});
