import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { onAbort } from '@carrierkit/core';
import type { AxiosStatic } from 'axios';
import { realTimer } from '../settings/timing.js';
import { headersView } from './headers.js';
import { type WireAnswer, WireFailure, type WireRequest } from './wire.js';

/** A JSON answer larger than this is refused; streams have no cap. */
const maxBytes = 64 * 1024 * 1024;

/**
 * A connection that was idle this long is not used again. Servers close idle ones after five seconds and more, and a request that meets the closing is lost:
 * nobody can tell then whether it was acted on.
 */
const defaultIdleMs = 4_000;

/** What can only happen before a connection stands: name not found, connection refused, a certificate that is not trusted. */
const beforeWriting = /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_CERT_\w+)$/;

/** Sends one request over one keep-alive agent per provider. No redirects: they would carry credentials elsewhere. */
export class Transport {
  readonly #agents: { readonly http: http.Agent; readonly https: https.Agent };
  readonly #proxy: string | undefined;
  readonly #keepAlive: http.AgentOptions;
  #axios: Promise<AxiosStatic> | undefined;
  #proxied: Promise<https.Agent> | undefined;

  constructor(options: { readonly proxy?: string | undefined; readonly idleMs?: number } = {}) {
    const { proxy, idleMs = defaultIdleMs } = options;
    this.#proxy = proxy;
    // The connection used last goes first, so that those too many grow old and are closed.
    this.#keepAlive = { keepAlive: true, scheduling: 'lifo', timeout: idleMs };
    this.#agents = { http: new http.Agent(this.#keepAlive), https: new https.Agent(this.#keepAlive) };
  }

  /** To be awaited before a call takes its turn: with its turn in hand a call goes out at once, or calls arrive closer together than the vendor allows. */
  load(): Promise<AxiosStatic> {
    this.#axios ??= import('axios').then((loaded) => loaded.default);
    return this.#axios;
  }

  async send(request: WireRequest): Promise<WireAnswer> {
    const axios = await this.load();
    const watch = new Watch(request);
    try {
      const httpsAgent = await this.#httpsAgent();
      const response = await axios.request<string | IncomingMessage>({
        adapter: 'http',
        method: request.method,
        url: request.url,
        // Without a body there is nothing to name the type of; left alone, axios would call it a form, which servers may refuse with 415.
        headers: { ...request.headers, ...(request.body === undefined && { 'Content-Type': false }) },
        data: request.body,
        responseType: request.stream ? 'stream' : 'text',
        transformRequest: [(data: unknown) => data],
        transformResponse: [(data: unknown) => data],
        maxRedirects: 0,
        // With any limit axios would put a stream of its own around the answer, which cannot be stopped from outside.
        maxContentLength: request.stream ? -1 : maxBytes,
        maxBodyLength: Number.POSITIVE_INFINITY,
        validateStatus: () => true,
        proxy: false,
        signal: watch.signal,
        httpAgent: this.#agents.http,
        httpsAgent,
        transport: {
          request: (options: RequestOptions, done: (answer: IncomingMessage) => void) => watch.open(options, done),
        },
      });
      watch.assertNoProxyAnswer();
      const { status, data } = response;
      const ok = status >= 200 && status < 300;
      const body = typeof data === 'string' || ok ? data : await firstText(data);
      return { status, headers: headersView(response.headers), body };
    } catch (error) {
      throw watch.failure(error);
    } finally {
      watch.close();
    }
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
    void this.#proxied?.then((agent) => agent.destroy());
  }

  #httpsAgent(): https.Agent | Promise<https.Agent> {
    const proxy = this.#proxy;
    if (proxy === undefined) return this.#agents.https;
    this.#proxied ??= import('https-proxy-agent').then(({ HttpsProxyAgent }) => {
      const { address, headers } = withoutCredentials(proxy);
      return new HttpsProxyAgent(address, { ...this.#keepAlive, headers }) as unknown as https.Agent;
    });
    return this.#proxied;
  }
}

/** Credentials of the proxy go into a function: Node prints the options and members of agents under NODE_DEBUG=http. */
function withoutCredentials(proxy: string): {
  readonly address: string;
  readonly headers: () => Record<string, string>;
} {
  const url = new URL(proxy);
  const plain = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const basic = plain === ':' ? null : Buffer.from(plain).toString('base64');
  url.username = '';
  url.password = '';
  return { address: url.href, headers: () => (basic === null ? {} : { 'Proxy-Authorization': `Basic ${basic}` }) };
}

/** Follows one request: its wall-clock limit, the caller's abort, and whether anything can have reached the vendor. */
class Watch {
  readonly #stop = new AbortController();
  readonly #ignore: () => void;
  readonly #stopTimer: () => void;
  #reason: 'timeout' | 'cancelled' | null = null;
  #written = false;
  #proxyStatus: number | null = null;

  constructor(request: WireRequest) {
    this.#stopTimer = realTimer(() => this.#end('timeout'), request.timeoutMs);
    this.#ignore = onAbort(request.signal, () => this.#end('cancelled'));
    if (request.signal?.aborted) this.#end('cancelled');
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Headers are set on the request and never stand in its options: Node prints those under NODE_DEBUG=http. */
  open(options: RequestOptions, done: (answer: IncomingMessage) => void): ClientRequest {
    const { headers, ...rest } = options;
    const secure = rest.protocol === 'https:';
    const request = (secure ? https : http).request(rest, done);
    for (const [name, value] of Object.entries(headers ?? {}))
      if (value !== undefined) request.setHeader(name, value as string);
    request.once('socket', (socket) => this.#follow(socket, request.reusedSocket));
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) this.#proxyStatus = statusCode;
    });
    return request;
  }

  /** Nothing goes out before a connection stands, with TLS before its handshake is done. */
  #follow(socket: Socket, reused: boolean): void {
    const secure = socket instanceof TLSSocket;
    const stands = () => {
      this.#written = true;
    };
    // Sockets of other kinds, as interceptors put them in, do not tell when they stand.
    const tells = secure || socket.constructor === Socket;
    if (reused || !tells || !(secure || socket.connecting)) stands();
    else socket.once(secure ? 'secureConnect' : 'connect', stands);
  }

  /** What a proxy answers to CONNECT looks like an answer of the vendor, who was never asked. */
  assertNoProxyAnswer(): void {
    if (this.#proxyStatus !== null) throw new WireFailure('proxy', false, String(this.#proxyStatus));
  }

  failure(error: unknown): WireFailure {
    if (error instanceof WireFailure) return error;
    const { code = null, message = '' } = error as { readonly code?: string; readonly message?: string };
    if (this.#reason !== null) return new WireFailure(this.#reason, this.#mayBeWritten(null), null);
    const reason = message.startsWith('maxContentLength') ? 'too-large' : 'network';
    return new WireFailure(reason, this.#mayBeWritten(code), code);
  }

  /** Only what certainly failed before the first byte went out counts as not written. */
  #mayBeWritten(code: string | null): boolean {
    return this.#written && !(code !== null && beforeWriting.test(code));
  }

  close(): void {
    this.#stopTimer();
    this.#ignore();
  }

  #end(reason: 'timeout' | 'cancelled'): void {
    this.#reason ??= reason;
    this.#stop.abort();
  }
}

/** The start of an error answer that came as a stream. */
async function firstText(stream: IncomingMessage): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.length > 65_536) break;
  }
  return text;
}
