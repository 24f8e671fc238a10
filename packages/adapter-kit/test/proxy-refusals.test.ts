import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConnectivityError } from '@carrierkit/core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testClient } from './support/test-client.js';

const asked: (string | undefined)[] = [];
let answer = 407;
let proxy: Server;

beforeAll(async () => {
  proxy = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.headers['proxy-authorization']);
    socket.end(`HTTP/1.1 ${answer} No\r\n\r\n`);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(() => proxy.close());
beforeEach(() => {
  asked.length = 0;
});

async function errorThrough(credentials: string) {
  const { port } = proxy.address() as AddressInfo;
  const { client } = testClient({ settings: { proxy: `http://${credentials}127.0.0.1:${port}` } });
  const error: unknown = await client.sendUnsafe({ body: { text: 'x' } }).catch((thrown: unknown) => thrown);
  if (!ConnectivityError.is(error)) throw error;
  return error;
}

it('a proxy that does not know us is asked once: nothing has reached the vendor', async () => {
  answer = 407;
  const error = await errorThrough('us%40er:pass%3Aword@');
  expect(error).toMatchObject({ kind: 'unavailable', effect: 'none', status: null });
  expect(error.message).toContain('407');
  expect(asked).toEqual([`Basic ${Buffer.from('us@er:pass:word').toString('base64')}`]);
});

it('a proxy that is overloaded is asked again, also for a write that must not happen twice', async () => {
  answer = 503;
  expect(await errorThrough('')).toMatchObject({ kind: 'unavailable', effect: 'none' });
  expect(asked).toEqual([undefined, undefined, undefined, undefined]);
});
