import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { onAbort } from '../settings/on-abort.js';
import { headersView } from './headers.js';
import { type WireAnswer, WireFailure, type WireRequest } from './wire.js';

/** A JSON answer larger than this is refused; streams have no cap. */
const maxBytes = 64 * 1024 * 1024;

/** No connection: name not found, refused, unreachable, or a certificate that is not trusted. */
const beforeWriting =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_\w+)$/;

/** Sends one request over one keep-alive agent per provider. No redirects: they would carry credentials elsewhere. */
export class Transport {
  readonly #agents = {
    http: new http.Agent({ keepAlive: true, scheduling: 'fifo' }),
    https: new https.Agent({ keepAlive: true, scheduling: 'fifo' }),
  };
  readonly #proxy: string | undefined;
  #proxied: Promise<https.Agent> | undefined;

  constructor(options: { readonly proxy?: string | undefined } = {}) {
    this.#proxy = options.proxy;
  }

  async send(request: WireRequest): Promise<WireAnswer> {
    // Loaded with the first call: importing an adapter stays cheap.
    const { default: axios } = await import('axios');
    const watch = new Watch(request);
    try {
      const httpsAgent = await this.#httpsAgent();
      const response = await axios.request<string | IncomingMessage>({
        adapter: 'http',
        method: request.method,
        url: request.url,
        headers: { ...request.headers },
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
    this.#proxied ??= import('https-proxy-agent').then(
      ({ HttpsProxyAgent }) => new HttpsProxyAgent(proxy, { keepAlive: true }) as unknown as https.Agent,
    );
    return this.#proxied;
  }
}

/** Follows one request: its wall-clock limit, the caller's abort, and whether anything can have reached the vendor. */
class Watch {
  readonly #stop = new AbortController();
  readonly #ignore: () => void;
  readonly #timer: NodeJS.Timeout;
  #reason: 'timeout' | 'cancelled' | null = null;
  #opened = false;
  #socket: Socket | null = null;

  constructor(request: WireRequest) {
    this.#timer = setTimeout(() => this.#end('timeout'), request.timeoutMs);
    if (request.signal?.aborted) this.#end('cancelled');
    this.#ignore = onAbort(request.signal, () => this.#end('cancelled'));
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
    this.#opened = true;
    request.once('socket', (socket) => {
      this.#socket = socket;
    });
    return request;
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
    if (!this.#opened || (code !== null && beforeWriting.test(code))) return false;
    return !(this.#socket instanceof Socket && this.#socket.connecting);
  }

  close(): void {
    clearTimeout(this.#timer);
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
