import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Answer } from './answer.js';

export interface WriteOptions {
  /** The client accepts gzip and the vendor serves it. */
  readonly gzip: boolean;
  /** Announces the whole body, sends half of it and cuts the connection. */
  readonly truncate: boolean;
  /** Instant of the answer, on the sandbox's clock. */
  readonly at: number;
}

const WORTH_COMPRESSING = 1024;

/** Writes past the framework's reply, which would lower-case header names and choose the reason phrase. */
export async function writeAnswer(response: ServerResponse, answer: Answer, options: WriteOptions): Promise<void> {
  response.statusCode = answer.status;
  // Clients compare this header with the dates in bodies, so it must follow the same clock.
  response.setHeader('Date', new Date(options.at).toUTCString());
  response.statusMessage = answer.reason ?? STATUS_CODES[answer.status] ?? '';
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);

  if (answer.body !== undefined && 'stream' in answer.body) {
    const chunks = options.truncate ? firstChunk(answer.body.stream) : answer.body.stream;
    await send(response, Readable.from(chunks), options);
    return;
  }
  const body = bodyText(answer);
  if (options.truncate) {
    const bytes = Buffer.from(body);
    response.setHeader('Content-Length', String(Math.max(bytes.length, 1)));
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    response.flushHeaders();
    return;
  }
  if (options.gzip && body.length > WORTH_COMPRESSING) {
    response.setHeader('Content-Encoding', 'gzip');
    await send(response, Readable.from([Buffer.from(body)]).pipe(createGzip({ level: 1 })), options);
    return;
  }
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', Buffer.byteLength(body));
  else if (answer.headers?.['Content-Length'] !== undefined) response.setHeader('Content-Length', '0');
  response.end(body);
}

function bodyText(answer: Answer): string {
  if (answer.body === undefined) return '';
  if ('json' in answer.body) return JSON.stringify(answer.body.json);
  return 'text' in answer.body ? answer.body.text : '';
}

async function send(response: ServerResponse, body: Readable, options: WriteOptions): Promise<void> {
  if (options.truncate) {
    for await (const chunk of body) response.write(chunk);
    response.destroy();
    return;
  }
  try {
    await pipeline(body, response);
  } catch {
    // The client broke off; nothing is left to tell it.
    response.destroy();
  }
}

async function* firstChunk(chunks: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    yield chunk.slice(0, Math.max(1, Math.floor(chunk.length / 2)));
    return;
  }
}
