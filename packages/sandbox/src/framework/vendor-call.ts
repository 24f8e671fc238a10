import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './answer.js';
import type { Contract } from './contract.js';
import type { Operation } from './description.js';
import type { Engine } from './engine.js';
import type { Fault } from './faults.js';
import { canPlay, withFault } from './play-fault.js';
import { produceAnswer } from './produce-answer.js';
import { readRequest } from './read-request.js';
import type { LoggedRequest } from './request-log.js';
import type { SecretRegister } from './secrets.js';
import type { VendorModule } from './vendor.js';
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
  const baseUrl = `${environment.baseUrl()}/${name}`;
  const { request, problems } = readRequest({ engine, mounted, operation, received, url, baseUrl, id: entry.id });
  const produce = (): Promise<Answer> => produceAnswer(engine, vendor, mounted, operation, request, problems);
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

function finish(engine: Engine, entry: LoggedRequest, fault: Fault | undefined, answer: Answer | undefined): void {
  entry.status = answer?.status ?? null;
  entry.fault = fault?.kind ?? null;
  entry.replayed = answer?.replayed === true;
  engine.log.close(entry);
}

/** Whatever came as a credential counts as secret, also one that is wrong. */
function rememberToken(secrets: SecretRegister, authorization: string | undefined): void {
  const token = authorization?.split(' ').at(-1);
  if (token !== undefined) secrets.add(token);
}
