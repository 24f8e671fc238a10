import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, empty, json } from './answer.js';
import type { Contract } from './contract.js';
import type { Operation } from './description.js';
import type { Engine } from './engine.js';
import type { Fault } from './faults.js';
import { faultyStatus, malformed, withForeignNextLink } from './play-fault.js';
import type { LoggedRequest } from './request-log.js';
import type { SecretRegister } from './secrets.js';
import type { Vendor, VendorModule, VendorRequest } from './vendor.js';
import { writeAnswer } from './write-answer.js';

/** One path of a vendor: every request to it, whatever its method, takes the same way. */
export interface MountedPath {
  readonly module: VendorModule;
  readonly template: string;
  readonly contract: Contract;
  /** By method. */
  readonly operations: ReadonlyMap<string, Operation>;
}

export interface CallEnvironment {
  readonly engine: () => Engine;
  readonly secrets: SecretRegister;
  /** Of the server: `http://127.0.0.1:4010`. */
  readonly baseUrl: () => string;
}

/** Log, faults, admission, description, handler, description again, answer. */
export async function answerVendorCall(
  environment: CallEnvironment,
  mounted: MountedPath,
  received: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.hijack();
  const engine = environment.engine();
  engine.clock.settle();
  const { name } = mounted.module;
  const vendor = engine.vendors.get(name)?.vendor;
  if (vendor === undefined) throw new Error(`No vendor ${name}`);
  const operation = mounted.operations.get(received.method);
  const url = new URL(received.url, 'http://sandbox');
  const path = url.pathname.slice(name.length + 1);
  const entry = engine.log.open({
    adapter: name,
    operationId: operation?.operationId ?? null,
    method: received.method,
    path: path + url.search,
    headers: { ...received.headers },
  });
  rememberToken(environment.secrets, received.headers.authorization);
  const parsed = parseBody(received);
  const checked =
    operation === undefined
      ? { query: {}, problems: [] }
      : mounted.contract.checkRequest(operation, {
          ...parsed,
          params: received.params as Record<string, string>,
          query: url.searchParams,
          headers: received.headers,
        });
  const request: VendorRequest = {
    id: entry.id,
    operationId: operation?.operationId ?? '',
    method: received.method,
    path,
    template: mounted.template,
    params: received.params as Record<string, string>,
    query: checked.query,
    rawQuery: url.searchParams,
    headers: received.headers,
    body: parsed.body,
    rawBody: parsed.rawBody,
    baseUrl: `${environment.baseUrl()}/${name}`,
    ip: received.ip,
    effect: ({ subject, detail = null, state = 'done' }) =>
      engine.effects.record({
        adapter: name,
        operationId: operation?.operationId ?? '',
        subject,
        detail,
        key: headerText(received.headers['idempotency-key']),
        requestId: entry.id,
        state,
      }),
  };

  const produce = (): Promise<Answer> => produceAnswer(engine, vendor, mounted, operation, request, checked.problems);
  const fault = engine.faults.match(name, entry.operationId, (found) => canPlay(engine, found, mounted, entry));
  const answer = await withFault(engine, fault, mounted, request, vendor, produce);
  if (answer !== undefined && engine.faults.awaits('duplicate-page', name, entry.operationId)) {
    if (fault?.kind !== 'duplicate-page') engine.lastPages.set(name + mounted.template, answer);
  }
  finish(engine, entry, fault, answer);
  if (answer === undefined) {
    reply.raw.destroy();
    return;
  }
  const gzip = mounted.module.compress === true && /\bgzip\b/.test(String(received.headers['accept-encoding'] ?? ''));
  await writeAnswer(reply.raw, answer, { gzip, truncate: fault?.kind === 'truncate', at: engine.clock.now() });
}

/** A page can only be served twice after it was served once. */
function canPlay(engine: Engine, fault: Fault, mounted: MountedPath, entry: LoggedRequest): boolean {
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

async function withFault(
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

async function produceAnswer(
  engine: Engine,
  vendor: Vendor,
  mounted: MountedPath,
  operation: Operation | undefined,
  request: VendorRequest,
  problems: Parameters<Vendor['invalid']>[1],
): Promise<Answer> {
  try {
    const admission = vendor.admit(request);
    const answer = admission.refusal ?? (await handled(vendor, mounted, operation, request, problems));
    const whole = { ...answer, headers: { ...admission.headers, ...answer.headers } };
    if (operation === undefined || whole.offContract === true) return whole;
    const problem = mounted.contract.checkAnswer(operation, whole);
    return problem === undefined ? whole : violated(engine, request, problem);
  } catch (error) {
    return violated(
      engine,
      request,
      `the handler failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

async function handled(
  vendor: Vendor,
  mounted: MountedPath,
  operation: Operation | undefined,
  request: VendorRequest,
  problems: Parameters<Vendor['invalid']>[1],
): Promise<Answer> {
  if (operation === undefined) return vendor.unmatched(request, [...mounted.operations.keys()]);
  const refusal = problems.length > 0 ? vendor.invalid(request, problems) : undefined;
  if (refusal !== undefined) return refusal;
  const handler = vendor.handlers[operation.operationId];
  if (handler === undefined) throw new Error(`${mounted.module.name} has no handler for ${operation.operationId}`);
  return handler(request);
}

/** The sandbox broke the description: said loudly, and counted. */
function violated(engine: Engine, request: VendorRequest, problem: string): Answer {
  engine.log.violation({ requestId: request.id, operationId: request.operationId, problem });
  return json(500, { sandbox: `This answer would break the vendor's description: ${problem}` });
}

function finish(engine: Engine, entry: LoggedRequest, fault: Fault | undefined, answer: Answer | undefined): void {
  entry.status = answer?.status ?? null;
  entry.fault = fault?.kind ?? null;
  entry.replayed = answer?.replayed === true;
  engine.log.close(entry);
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

/** Whatever came as a credential counts as secret, also one that is wrong. */
function rememberToken(secrets: SecretRegister, authorization: string | undefined): void {
  const token = authorization?.split(' ').at(-1);
  if (token !== undefined) secrets.add(token);
}

function headerText(value: string | string[] | undefined): string | null {
  return value === undefined ? null : String(value);
}
