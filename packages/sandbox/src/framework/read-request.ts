import type { FastifyRequest } from 'fastify';
import type { Operation } from './description.js';
import type { Engine } from './engine.js';
import type { Problem, VendorRequest } from './vendor.js';
import type { MountedPath } from './vendor-call.js';

/** What was received, as handlers get it, and where it does not fit the description. */
export function readRequest(call: {
  readonly engine: Engine;
  readonly mounted: MountedPath;
  readonly operation: Operation | undefined;
  readonly received: FastifyRequest;
  readonly url: URL;
  /** Of the vendor. */
  readonly baseUrl: string;
  /** In the request log. */
  readonly id: number;
}): { readonly request: VendorRequest; readonly problems: readonly Problem[] } {
  const { engine, mounted, operation, received, url, baseUrl, id } = call;
  const { method, headers, ip } = received;
  const { name } = mounted.module;
  const operationId = operation?.operationId ?? '';
  const params = received.params as Record<string, string>;
  const parsed = parseBody(received);
  const asked = { ...parsed, params, query: url.searchParams, headers };
  const { query, problems } = operation ? mounted.contract.checkRequest(operation, asked) : { query: {}, problems: [] };
  const key = headerText(headers['idempotency-key']);
  const request: VendorRequest = {
    id,
    operationId,
    method,
    path: url.pathname.slice(name.length + 1),
    template: mounted.template,
    params,
    query,
    rawQuery: url.searchParams,
    headers,
    body: parsed.body,
    rawBody: parsed.rawBody,
    baseUrl,
    ip,
    effect: ({ subject, detail = null, state = 'done' }) =>
      engine.effects.record({ adapter: name, operationId, subject, detail, key, requestId: id, state }),
  };
  return { request, problems };
}

function parseBody(received: FastifyRequest) {
  const rawBody = typeof received.body === 'string' ? received.body : '';
  const mediaType = (received.headers['content-type']?.split(';')[0] ?? '').trim().toLowerCase();
  const base = { rawBody, mediaType, hasBody: rawBody !== '', syntaxProblem: undefined };
  if (rawBody === '') return { ...base, body: undefined };
  if (mediaType === 'application/x-www-form-urlencoded') {
    return { ...base, body: Object.fromEntries(new URLSearchParams(rawBody)) };
  }
  if (!/[/+]json$/.test(mediaType)) return { ...base, body: rawBody };
  try {
    return { ...base, body: JSON.parse(rawBody) as unknown };
  } catch (error) {
    return { ...base, body: undefined, syntaxProblem: error instanceof Error ? error.message : 'is not JSON' };
  }
}

function headerText(value: string | string[] | undefined): string | null {
  return value === undefined ? null : String(value);
}
