import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const certificate = fixture('tls.pem');
const key = readFileSync(certificate);
const password = 'proxy-password-5821';

interface Connect {
  readonly target: string;
  readonly headers: Readonly<Record<string, unknown>>;
}
const connects: Connect[] = [];
const atVendor: string[] = [];
let refuseWith: number | null = null;
let vendor: Server;
let proxy: Server;
const open = new Set<Socket>();

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

beforeAll(async () => {
  vendor = createTlsServer({ key, cert: key }, (request, response) => {
    atVendor.push(String(request.headers.authorization));
    response.setHeader('content-type', 'application/json').end('{"name":"thing"}');
  });
  proxy = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    connects.push({ target: String(request.url), headers: request.headers });
    open.add(socket);
    if (refuseWith !== null) return socket.end(`HTTP/1.1 ${refuseWith} No\r\n\r\n`);
    const onward = connect(portOf(vendor), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    open.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await Promise.all([listening(vendor), listening(proxy)]);
});
afterAll(() => {
  for (const socket of open) socket.destroy();
  vendor.close();
  proxy.close();
});
beforeEach(() => {
  connects.length = 0;
  atVendor.length = 0;
  refuseWith = null;
});

async function callThroughProxy(env: Readonly<Record<string, string>> = {}) {
  const settings = [`https://api.vendor.test:${portOf(vendor)}`, `http://user:${password}@127.0.0.1:${portOf(proxy)}`];
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [fixture('call-through-proxy.mjs'), ...settings],
    {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate, ...env },
    },
  );
  return { answer: JSON.parse(stdout) as { data?: unknown; error?: Record<string, unknown> }, stderr };
}

describe('a proxy', () => {
  it('carries the call in a tunnel and learns neither the token nor what is asked', async () => {
    const { answer, stderr } = await callThroughProxy({ NODE_DEBUG: 'http,https,net,tls' });
    expect(answer.data).toEqual({ name: 'thing' });
    expect(atVendor).toEqual(['Token very-secret-token']);
    expect(connects.map(({ target }) => target)).toEqual([`api.vendor.test:${portOf(vendor)}`]);
    expect(JSON.stringify(connects)).not.toContain('very-secret-token');
    const credentials = Buffer.from(`user:${password}`).toString('base64');
    expect(connects[0]?.headers['proxy-authorization']).toBe(`Basic ${credentials}`);
    expect(stderr.length).toBeGreaterThan(0);
    expect(['very-secret-token', password, credentials].filter((secret) => stderr.includes(secret))).toEqual([]);
  });

  it('that refuses was reached instead of the vendor: no effect, and no word of its password', async () => {
    refuseWith = 407;
    const { answer } = await callThroughProxy();
    expect(answer.error).toMatchObject({ kind: 'unavailable', effect: 'none', provider: 'acme' });
    expect(JSON.stringify(answer)).not.toContain(password);
    expect(atVendor).toEqual([]);
  });

  it('cannot put itself in the place of the vendor: an untrusted certificate ends the call before the token goes out', async () => {
    const { answer } = await callThroughProxy({ NODE_EXTRA_CA_CERTS: '' });
    expect(answer.error).toMatchObject({ kind: 'unavailable', effect: 'none' });
    expect(atVendor).toEqual([]);
  });
});
