import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, empty } from './answer.js';
import type { Engine } from './engine.js';
import type { Fault } from './faults.js';
import type { LoggedRequest } from './request-log.js';
import type { Vendor, VendorRequest } from './vendor.js';
import type { MountedPath } from './vendor-call.js';

/** The host that a falsified next-link points to. The top-level domain is reserved never to exist (RFC 2606). */
export const FOREIGN_HOST = 'carrier.invalid';

/** A page can only be served twice after it was served once. */
export function canPlay(engine: Engine, fault: Fault, mounted: MountedPath, entry: LoggedRequest): boolean {
  if (fault.kind !== 'duplicate-page') return true;
  return entry.method === 'GET' && engine.lastPages.has(mounted.module.name + mounted.template);
}

/** These need an answer to spoil: a read gives one without having any effect. */
const ALTERS_ANSWER: ReadonlySet<Fault['kind']> = new Set([
  'malformed',
  'truncate',
  'duplicate-page',
  'foreign-next-link',
]);

function isRead(request: VendorRequest): boolean {
  return request.method === 'GET';
}

/** The answer with a fault played, `undefined` where the connection is to be dropped; without a fault as it is. */
export async function withFault(
  engine: Engine,
  fault: Fault | undefined,
  mounted: MountedPath,
  request: VendorRequest,
  vendor: Vendor,
  produce: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault === undefined) return produce();
  const carryOut =
    fault.when === 'after' || fault.kind === 'delay' || (ALTERS_ANSWER.has(fault.kind) && isRead(request));
  if (fault.when === 'before' && fault.delayMs !== undefined) await wait(fault.delayMs);
  const answer = carryOut ? await produce() : empty(200);
  if (fault.when === 'after' && fault.delayMs !== undefined) await wait(fault.delayMs);
  switch (fault.kind) {
    case 'status':
      return faultyStatus(fault);
    case 'drop':
      return undefined;
    case 'malformed':
      return malformed(answer);
    case 'foreign-next-link':
      return withForeignNextLink(answer);
    case 'duplicate-page':
      return engine.lastPages.get(mounted.module.name + mounted.template) ?? answer;
    case 'bad-token':
      return vendor.badToken(request);
    case 'delay':
    case 'truncate':
      return answer;
  }
}

/** The answer of a `status` fault. */
export function faultyStatus(fault: Fault): Answer {
  const status = fault.status ?? 503;
  if (fault.body === undefined) return empty(status, fault.headers);
  if (typeof fault.body === 'string') return { status, headers: { ...fault.headers }, body: { text: fault.body } };
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...fault.headers },
    body: { json: fault.body },
  };
}

/** The same answer with a body that is cut off, its length being told as if it were whole. */
export function malformed(answer: Answer): Answer {
  if (answer.body === undefined || 'stream' in answer.body) return { ...answer, body: { text: '{"unfinished": [' } };
  const whole = 'json' in answer.body ? JSON.stringify(answer.body.json) : answer.body.text;
  return { ...answer, body: { text: `${whole.slice(0, Math.floor(whole.length / 2))}\u0000` } };
}

/** The same answer with its link to the next page on another host: in `_links.next` and in the `Link` header. */
export function withForeignNextLink(answer: Answer): Answer {
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) =>
    name.toLowerCase() === 'link'
      ? [name, value.replaceAll(/https?:\/\/[^/>]+/g, `https://${FOREIGN_HOST}`)]
      : [name, value],
  );
  const changed: Answer = { ...answer, headers: Object.fromEntries(headers) as Record<string, string> };
  if (answer.body === undefined || !('json' in answer.body)) return changed;
  return { ...changed, body: { json: foreignHref(answer.body.json) } };
}

function foreignHref(body: unknown): unknown {
  const links = isRecord(body) ? body['_links'] : undefined;
  const next = isRecord(links) ? links['next'] : undefined;
  const href = isRecord(next) ? next['href'] : undefined;
  if (!isRecord(body) || !isRecord(links) || !isRecord(next) || typeof href !== 'string') return body;
  const url = new URL(href, `https://${FOREIGN_HOST}`);
  url.protocol = 'https:';
  url.host = FOREIGN_HOST;
  url.port = '';
  return { ...body, _links: { ...links, next: { ...next, href: url.href } } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
