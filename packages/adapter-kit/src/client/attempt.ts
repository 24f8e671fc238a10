import { type CallEvent, type CallOptions, ConnectivityError, type Hooks, type Json } from '@carrierkit/core';
import type { HeadersView } from '../http/headers.js';
import type { Transport } from '../http/transport.js';
import { type WireAnswer, WireFailure } from '../http/wire.js';
import type { Reply } from '../operations/client-types.js';
import type { Declaration } from '../operations/declaration.js';
import type { Timing } from '../settings/timing.js';
import { StreamBroken, textStream } from '../streams/text-stream.js';
import type { Failure } from './answer-error.js';
import type { LinkedSignal } from './linked-signal.js';
import type { Prepared } from './prepare.js';
import { type CallFacts, effectOf, readJson, refused, unanswered, unexpected } from './read-answer.js';

export type Data = Json | AsyncIterable<string>;

/** One vendor call with everything that stays the same over its attempts. */
export interface Call {
  readonly declaration: Declaration;
  readonly prepared: Prepared;
  readonly facts: CallFacts;
  readonly event: CallEvent;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly priority: 'interactive' | 'bulk';
  readonly options: CallOptions;
  /** Of the caller, and of the client that may be closed; released when nothing of the call is under way any more. */
  readonly stop: LinkedSignal;
}

export type Attempt = ({ readonly reply: Reply<Data> } | { readonly failure: Failure }) & {
  readonly headers: HeadersView | null;
};

/** Sends the call once and reads what comes. Throws nothing: a failed attempt is data. */
export async function attemptOnce(
  call: Call,
  event: CallEvent,
  credentials: Readonly<Record<string, string>>,
  timeoutMs: number,
  deps: { readonly transport: Transport; readonly timing: Timing; readonly hooks: Hooks },
): Promise<Attempt> {
  const { transport, timing, hooks } = deps;
  const started = timing.now();
  hooks.onRequest?.(event);
  const attempt = await send(call, credentials, timeoutMs, transport, timing);
  hooks.onResponse?.({
    ...event,
    status: 'reply' in attempt ? attempt.reply.status : attempt.failure.error.status,
    durationMs: timing.now() - started,
    error: 'reply' in attempt ? null : attempt.failure.error.toJSON(),
  });
  return attempt;
}

async function send(
  call: Call,
  credentials: Readonly<Record<string, string>>,
  timeoutMs: number,
  transport: Transport,
  timing: Timing,
): Promise<Attempt> {
  const { declaration, prepared, facts } = call;
  let answer: WireAnswer;
  try {
    answer = await transport.send({
      method: declaration.method,
      url: prepared.url,
      headers: { ...call.headers, ...credentials },
      body: prepared.body,
      stream: declaration.answer === 'text-stream',
      timeoutMs,
      signal: call.stop.signal,
    });
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
    return { failure: unanswered(facts, error), headers: null };
  }
  const { status, headers } = answer;
  if (status < 200 || status > 299) {
    const privateTexts = [...facts.privateTexts, ...secretsOf(credentials)];
    return { failure: refused({ ...facts, privateTexts }, answer, timing.now()), headers };
  }
  const read = await readData(call, answer, timeoutMs);
  return 'error' in read ? { failure: read, headers } : { reply: { data: read.data, status, headers }, headers };
}

/** `Bearer abc` is a secret, and so is `abc`: vendors repeat it in their errors. */
function secretsOf(credentials: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(credentials).flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
}

async function readData(call: Call, answer: WireAnswer, timeoutMs: number): Promise<{ readonly data: Data } | Failure> {
  const failure = unexpected(call.facts, answer, call.declaration.status);
  if (failure !== null) return failure;
  switch (call.declaration.answer) {
    case 'none':
      return { data: null };
    case 'json':
      return readJson(call.facts, answer, call.prepared.response);
    case 'text-stream':
      return await openStream(call, answer, timeoutMs);
  }
}

/** A stream counts as answered when its first text is there: up to then nobody has seen anything of it, and it may be asked for again like any other answer. */
async function openStream(
  call: Call,
  answer: WireAnswer,
  timeoutMs: number,
): Promise<{ readonly data: Data } | Failure> {
  const chunks = stream(call, answer, timeoutMs);
  try {
    const first = await chunks.next();
    return { data: resumed(first, chunks) };
  } catch (error) {
    if (!ConnectivityError.is(error)) throw error;
    return { error, retryable: error.kind !== 'cancelled' };
  }
}

async function* resumed(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}

async function* stream(
  { facts, timeoutMs: idleMs, stop }: Call,
  answer: WireAnswer,
  firstMs: number,
): AsyncGenerator<string, void, undefined> {
  const { provider, operation } = facts;
  try {
    if (typeof answer.body === 'string') yield answer.body;
    else yield* textStream(answer.body, { firstMs, idleMs, signal: stop.signal });
  } catch (error) {
    if (!(error instanceof StreamBroken)) throw error;
    const info = { provider, operation, status: answer.status, effect: effectOf(facts, 'unknown') };
    switch (error.reason) {
      case 'idle':
        throw new ConnectivityError('timeout', `${operation} stopped sending`, info);
      case 'cancelled':
        throw new ConnectivityError('cancelled', `${operation} was cancelled`, info);
      case 'network':
        throw new ConnectivityError('unavailable', `${operation} lost its connection before the end`, info);
    }
  } finally {
    stop.release();
  }
}
